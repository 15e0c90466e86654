import type { LintRule } from '../rule.ts';

export const shellSyntax: LintRule = {
  id: 'shell-syntax',
  severity: 'error',
  summary: 'A script has a syntax error.',
  reason:
    'The shell stops where it does not understand the script, perhaps in the middle of its work. Found by "bash -n".',
  isFixable: false,
  example: '%post --erroronfail\nif true; then\n%end\n',
  *check({ scripts, settings }) {
    if (settings.checkShell === undefined) return;
    for (const script of scripts) {
      if (!script.isShell) continue;
      for (const problem of settings.checkShell(script.script.body)) {
        // An unexpected end of file is reported on the line behind the last one.
        const line = script.lines[Math.min(problem.line, script.lines.length) - 1];
        if (line === undefined) continue;
        yield { message: `bash: ${problem.message}`, span: script.span(line, Math.max(0, line.text.search(/\S/))) };
      }
    }
  },
};
