import { writeAt } from '../../edit/fix.ts';
import type { LintRule } from '../rule.ts';

const COMMAND = /\bgrub2?-mkconfig\b/;
const OUTPUT =
  /(?:-o|--output)[ \t=]*["']?(?<path>(?:\/mnt\/sys(?:image|root))?\/boot\/efi\/EFI\/[\w.-]+\/grub\.cfg)\b/;

export const grubConfigOnEsp: LintRule = {
  id: 'grub-config-on-esp',
  severity: 'warning',
  summary: 'grub2-mkconfig must not write to /boot/efi/EFI.',
  reason:
    'Since Fedora 34 and RHEL 9 the file there only leads to /boot/grub2/grub.cfg. Overwritten, it goes its own way: later kernels and settings have no effect, or the system does not start.',
  isFixable: true,
  example: '%post --erroronfail\ngrub2-mkconfig -o /boot/efi/EFI/fedora/grub.cfg\n%end\n',
  *check({ model, scripts }) {
    if (model.version === 'RHEL8') return;
    for (const script of scripts) {
      for (const line of script.lines) {
        if (/^\s*#/.test(line.text)) continue;
        const command = COMMAND.exec(line.text);
        if (command === null) continue;
        const found = OUTPUT.exec(line.text.slice(command.index));
        const path = found?.groups?.path;
        if (found === null || path === undefined) continue;
        const end = command.index + found.index + found[0].length;
        const span = script.span(line, end - path.length, end);
        const root = path.slice(0, path.indexOf('/boot/'));
        yield {
          message: 'This overwrites the file that leads to /boot/grub2/grub.cfg',
          span,
          fix: writeAt(span, `${root}/boot/grub2/grub.cfg`),
        };
      }
    }
  },
};
