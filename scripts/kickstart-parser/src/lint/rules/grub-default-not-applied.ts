import type { LintRule } from '../rule.ts';

const CHANGES = /(?:\bsed\b.*\s-i.*\s|>{1,2}\s*|\btee\b(?:\s+-\S+)*\s+)["']?[\w/]*\/etc\/default\/grub\b/;
const APPLIES = /\bgrub2?-mkconfig\b|\bupdate-grub\b|\bgrubby\b|\bkernel-install\b/;

export const grubDefaultNotApplied: LintRule = {
  id: 'grub-default-not-applied',
  severity: 'warning',
  summary: 'A change of /etc/default/grub has no effect until grub2-mkconfig runs.',
  reason:
    'The installer makes the boot menu before %post; later changes of its settings are not picked up by themselves.',
  isFixable: false,
  example: "%post --erroronfail\nsed -i 's/rhgb//' /etc/default/grub\n%end\n",
  *check({ scripts }) {
    const posts = scripts.filter(({ script }) => script.section === 'post');
    for (const [index, script] of posts.entries()) {
      const at = script.lines.findLastIndex(({ text }) => CHANGES.test(text));
      const line = script.lines[at];
      if (line === undefined) continue;
      const later = [...script.lines.slice(at), ...posts.slice(index + 1).flatMap(({ lines }) => lines)];
      if (later.some(({ text }) => APPLIES.test(text))) continue;
      const from = line.text.search(/\S/);
      yield {
        message: 'Nothing applies this change',
        span: script.span(line, from),
        hint: 'Run "grub2-mkconfig -o /boot/grub2/grub.cfg" behind it, or use "bootloader --append".',
      };
    }
  },
};
