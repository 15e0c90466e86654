import { applyFixes, type Diagnostic, type LintOptions, lint, parse } from 'kickstart-parser';

/** What one rule finds in a kickstart. */
export function findings(rule: string, text: string, options: LintOptions = {}): Diagnostic[] {
  return lint(parse(text, { file: 'test.ks' }), options).filter(({ code }) => code === rule);
}

/** Places of findings as `line:column`. */
export function places(rule: string, text: string, options: LintOptions = {}): string[] {
  return findings(rule, text, options).map(({ span }) => `${span?.start.line}:${span?.start.column}`);
}

/** The kickstart after the fixes of one rule. */
export function fixed(rule: string, text: string, options: LintOptions = {}): string {
  return applyFixes(text, 'test.ks', findings(rule, text, options)).text;
}
