import type { Diagnostic, Span } from '../diagnostic.ts';
import { LINT_RULES } from '../lint/registry.ts';
import { printable } from './printable.ts';

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const;

/** Prints findings as a SARIF 2.1.0 log, for code scanning services. `driver`: the program that found them. */
export function formatSarif(findings: readonly Diagnostic[], driver = 'kickstart-parser'): string {
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: driver, rules: codes.map(ruleDescription) } },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => result(finding, codes)),
      },
    ],
  };
  return `${printable(JSON.stringify(log, null, 2))}\n`;
}

function ruleDescription(id: string) {
  const rule = LINT_RULES.find((known) => known.id === id);
  if (rule === undefined) return { id };
  return { id, shortDescription: { text: rule.summary }, fullDescription: { text: rule.reason } };
}

function result(finding: Diagnostic, codes: readonly string[]) {
  const { code, severity, message, hint, span, related = [], fix, suggestions = [] } = finding;
  const fixes = [...(fix === undefined ? [] : [fix]), ...suggestions];
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: LEVELS[severity],
    message: { text: hint === undefined ? message : `${message}. ${hint}` },
    locations: span === undefined ? [] : [location(span)],
    relatedLocations: related.map((place, id) => ({ id, ...location(place.span), message: { text: place.message } })),
    ...(fixes.length === 0 ? {} : { fixes: fixes.map(sarifFix) }),
  };
}

function location(span: Span) {
  return { physicalLocation: { artifactLocation: { uri: uri(span.file) }, region: region(span) } };
}

function region({ start, end }: Span) {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

function sarifFix(fix: NonNullable<Diagnostic['fix']>) {
  const files = [...new Set(fix.edits.map(({ span }) => span.file))];
  return {
    description: { text: fix.title },
    artifactChanges: files.map((file) => ({
      artifactLocation: { uri: uri(file) },
      replacements: fix.edits
        .filter(({ span }) => span.file === file)
        .map(({ span, text }) => ({ deletedRegion: region(span), insertedContent: { text } })),
    })),
  };
}

function uri(file: string): string {
  const path = file.split('/').map(encodeURIComponent).join('/');
  return path.startsWith('/') ? `file://${path}` : path;
}
