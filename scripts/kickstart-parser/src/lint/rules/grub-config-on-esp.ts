import { writeAt } from '../../edit/fix.ts';
import type { LintRule } from '../rule.ts';

const COMMAND = /\bgrub2?-mkconfig\b/;
/** By an option, a redirection or tee; the folder is named for the distribution, in scripts by a variable. */
const OUTPUT =
  /(?:-o|--output|>|\btee)[ \t=]*["']?(?<path>(?:\/mnt\/sys(?:image|root))?\/boot\/efi\/EFI\/[\w.${}-]+\/grub\.cfg)\b/;

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
      let goesOn = false;
      for (const line of script.lines) {
        if (/^\s*#/.test(line.text)) continue;
        const command = COMMAND.exec(line.text);
        // A line that ends in a backslash goes on in the next one.
        const isWithin: boolean = goesOn || command !== null;
        const begin = goesOn ? 0 : (command?.index ?? 0);
        goesOn = isWithin && line.text.endsWith('\\');
        const found = isWithin ? OUTPUT.exec(line.text.slice(begin)) : null;
        const path = found?.groups?.path;
        if (found === null || path === undefined) continue;
        const end = begin + found.index + found[0].length;
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
