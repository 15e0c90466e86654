import { replaceAt } from '../../edit/fix.ts';
import type { LintRule } from '../rule.ts';

const DEAD = /(?<![\w-])(?:vfio_virqfd|vfio-virqfd|vfio_mdev|vfio-mdev)(?![\w-])/g;

/** Of a line that names modules by the thousand some are told. */
const MOST_IN_LINE = 10;

/** Settings of dracut that hold lists: one name less leaves the rest as it is, where a command may need the word. */
const LISTS = /\b(?:add_|force_|omit_)?(?:drivers|dracutmodules)\+?=/;

export const deadKernelModule: LintRule = {
  id: 'dead-kernel-module',
  severity: 'warning',
  summary: 'A script or the kernel command line names a module that kernels since 6.2 do not have.',
  reason:
    'vfio_virqfd became part of vfio, vfio_mdev of mdev. dracut fails to make the initramfs when told to add them.',
  isFixable: true,
  example: '%post --erroronfail\necho \'add_drivers+=" vfio vfio_virqfd "\' > /etc/dracut.conf.d/vfio.conf\n%end\n',
  *check({ model, scripts, startOfDocument }) {
    const { bootloader } = model.commands;
    const hint = 'Kernels before 6.2 had it; remove it.';
    for (const [name] of bootloader?.appendLine?.matchAll(DEAD) ?? []) {
      const option = bootloader?.given.findLast(({ field }) => field === 'appendLine');
      yield { message: `There is no kernel module ${name}`, span: option?.span ?? startOfDocument, hint };
    }
    for (const script of scripts) {
      for (const line of script.lines) {
        // A comment may well tell the story of the module.
        if (/^\s*#/.test(line.text)) continue;
        for (const match of [...line.text.matchAll(DEAD)].slice(0, MOST_IN_LINE)) {
          const end = match.index + match[0].length;
          const isSeparated = line.text[match.index - 1] === ' ' || line.text[match.index - 1] === '\t';
          const span = script.span(line, match.index, end);
          const removal = replaceAt(script.span(line, match.index - 1, end), 'Remove it', '');
          const message = `There is no kernel module ${match[0]}`;
          const offer = LISTS.test(line.text) ? { fix: removal } : { suggestions: [removal] };
          yield { message, span, hint, ...(isSeparated ? offer : {}) };
        }
      }
    }
  },
};
