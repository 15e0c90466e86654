import { replaceAt } from '../../edit/fix.ts';
import type { LintRule } from '../rule.ts';

const TARGET = /^\/mnt\/(?:sysimage|sysroot)(?=\/)/;

export const logInsideChroot: LintRule = {
  id: 'log-inside-chroot',
  severity: 'warning',
  summary: 'The log of a %post in the chroot must not begin with /mnt/sysimage.',
  reason:
    'The path is looked up inside the target, so the log ends up in a folder /mnt/sysimage of the installed system.',
  isFixable: true,
  example: '%post --erroronfail --log=/mnt/sysimage/root/post.log\ntrue\n%end\n',
  *check({ scripts }) {
    for (const { script, section } of scripts) {
      if (!script.chroot || script.log === undefined || !TARGET.test(script.log)) continue;
      const word = section.header.words.find(({ value }) => value.endsWith(script.log ?? ''));
      const span = word?.span ?? script.headerSpan;
      const path = script.log.replace(TARGET, '');
      const message = `This log goes to ${script.log} inside the installed system`;
      const fix = word === undefined ? {} : { fix: replaceAt(span, `Use ${path}`, word.raw.replace(script.log, path)) };
      yield { message, span, ...fix };
    }
  },
};
