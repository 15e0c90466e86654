import { replaceAt } from '../../edit/fix.ts';
import type { LintRule } from '../rule.ts';

/** Settings of dracut that are added to by +=, from dracut.conf(5). */
const ADDED =
  /\b(?:(?:add_|force_|omit_)?drivers|(?:add_|force_add_|omit_)?dracutmodules|filesystems|fscks|add_(?:device|fstab)|install_(?:optional_)?items|libdirs)\+=(?:(?<quote>\\?["'])(?<value>[^"'\\$`]+)|(?<word>[\w./-]+))/g;

export const dracutListWithoutBlanks: LintRule = {
  id: 'dracut-list-without-blanks',
  severity: 'warning',
  summary: "A value that is added to one of dracut's lists needs a blank at both ends.",
  reason:
    'dracut puts the values one behind the other: without blanks the last name of one file and the first of the next become one name, of which there is no driver or module.',
  isFixable: true,
  example: '%post --erroronfail\necho \'add_drivers+="vfio vfio_pci"\' > /etc/dracut.conf.d/vfio.conf\n%end\n',
  *check({ scripts }) {
    for (const script of scripts) {
      for (const line of script.lines) {
        if (/^\s*#/.test(line.text)) continue;
        for (const match of line.text.matchAll(ADDED)) {
          const { quote, value, word } = match.groups ?? {};
          const text = value ?? word ?? '';
          if (/^\s/.test(text) && /\s$/.test(text)) continue;
          const end = match.index + match[0].length;
          const span = script.span(line, end - text.length, end);
          yield {
            message: `"${text.trim()}" needs a blank at both ends`,
            span,
            ...(quote === undefined ? {} : { fix: replaceAt(span, 'Add the blanks', ` ${text.trim()} `) }),
          };
        }
      }
    }
  },
};
