import type { LintRule } from '../rule.ts';

const SETTINGS = '/etc/default/grub';
const WRITES = /(?:>\s*|\btee\b(?:\s+-\S+){0,9}\s+)["']?[\w/]*\/etc\/default\/grub\b/;
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
      const at = script.lines.findLastIndex(({ text }) => changesSettings(text));
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

function changesSettings(line: string): boolean {
  const at = line.lastIndexOf(SETTINGS);
  if (at < 0) return false;
  return WRITES.test(line) || (isEdited(line.slice(0, at)) && !/^\w/.test(line.slice(at + SETTINGS.length)));
}

/** Whether `sed -i` stands before a path, of which the end of the text may be the first part. */
function isEdited(before: string): boolean {
  const sed = before.search(/\bsed\b/);
  if (sed < 0 || !/\s-i/.test(before.slice(sed))) return false;
  let start = before.length;
  while (start > 0 && /[\w/]/.test(before[start - 1] ?? '')) start--;
  if (/["']/.test(before[start - 1] ?? '')) start--;
  return /\s/.test(before[start - 1] ?? '');
}
