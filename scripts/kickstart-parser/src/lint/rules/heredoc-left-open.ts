import { openHeredoc } from '../heredoc.ts';
import type { LintRule } from '../rule.ts';

export const heredocLeftOpen: LintRule = {
  id: 'heredoc-left-open',
  severity: 'error',
  summary: 'A here-document is still open at %end.',
  reason: 'The shell takes everything up to the end of the script for its text; commands behind it never run.',
  isFixable: false,
  example: '%post --erroronfail\ncat > /etc/motd <<EOF\nhello\n%end\n',
  *check({ scripts }) {
    for (const script of scripts) {
      const open = script.isShell ? openHeredoc(script.lines.map(({ text }) => text)) : undefined;
      const line = open && script.lines[open.line];
      if (line === undefined) continue;
      const hint = `Close it by a line with nothing but ${open?.delimiter}.`;
      yield { message: `Nothing closes this here-document`, span: script.span(line, open?.from, open?.to), hint };
    }
  },
};
