import {
  canonical,
  type Diagnostic,
  type Interpretation,
  interpret,
  type KickstartModel,
  parse,
  print,
} from 'kickstart-parser';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { comparable, rereadProblem } from './comparison.ts';
import { type ConformanceCase, caseGroups, readCases } from './conformance-cases.ts';
import { DEVIATIONS } from './deviations.ts';

// Some groups hold thousands of cases, and other work may share the processors.
vi.setConfig({ testTimeout: 120_000 });

const agreement: { command: string; runs: number; agreed: number }[] = [];

/** Describes how this package disagrees with the reference on one case in one release; undefined when it agrees. */
function disagreement(
  recorded: ConformanceCase,
  { model, diagnostics: findings }: Interpretation,
  isDocument: boolean,
): string | undefined {
  const isError = findings.some(({ severity }) => severity === 'error');
  const isDeprecated = findings.some(({ code }) => code.startsWith('deprecated'));
  const outcome = isError ? 'error' : isDeprecated ? 'deprecated' : 'ok';
  const expected = recorded.outcome === 'removed' ? 'error' : recorded.outcome;
  // An include that cannot be read is found by flatten, which reads files; see flatten.test.ts.
  if (recorded.reason === 'unreadable-file') return undefined;
  if (outcome !== expected)
    return `outcome ${outcome} instead of ${expected}: ${findings.map((f) => f.message).join('; ')}`;
  if (isError) return errorPlaceProblem(recorded, findings);
  const duplicates = findings.filter(({ code }) => code === 'duplicate-entry').length;
  const expectedDuplicates = (recorded.warnings ?? []).filter((name) => name === 'KickstartParseWarning').length;
  if (duplicates !== expectedDuplicates) return `${duplicates} duplicates instead of ${expectedDuplicates}`;
  return outputProblem(recorded, model, isDocument);
}

function errorPlaceProblem(recorded: ConformanceCase, findings: readonly Diagnostic[]): string | undefined {
  // For a section that is never closed the reference blames the line where it noticed, not the header.
  if (recorded.reason === 'unterminated-section' || recorded.error_line === undefined) return undefined;
  const lines = findings.map(({ span }) => span?.start.line);
  return lines.includes(recorded.error_line)
    ? undefined
    : `error on line ${lines.join()} instead of ${recorded.error_line}`;
}

function outputProblem(recorded: ConformanceCase, value: KickstartModel, isDocument: boolean): string | undefined {
  // What the reference cannot read back itself is compared by meaning.
  if (recorded.reparse !== undefined) return rereadProblem(value);
  let text = canonical(value);
  if (!isDocument && value.commands.bootloader === undefined) text = text.replace(/^bootloader .*\n/m, '');
  const expected = comparable(recorded.output ?? '');
  return comparable(text) === expected ? undefined : `output ${comparable(text)} instead of ${expected}`;
}

describe.each(caseGroups)('%s', (group) => {
  test('agrees with the reference', () => {
    const problems: string[] = [];
    let runs = 0;
    for (const recorded of readCases(group)) {
      const document = parse(recorded.input);
      expect(print(document)).toBe(recorded.input);
      for (const version of recorded.versions) {
        runs++;
        const problem = disagreement(recorded, interpret(document, version), group.startsWith('_'));
        if (problem === undefined || DEVIATIONS.has(recorded.id)) continue;
        problems.push(`${recorded.id} ${version} ${JSON.stringify(recorded.input)}: ${problem}`);
      }
    }
    agreement.push({ command: group, runs, agreed: runs - problems.length });
    expect(problems.slice(0, 10)).toEqual([]);
  });
});

afterAll(() => {
  const total = agreement.reduce((sum, { runs }) => sum + runs, 0);
  const agreed = agreement.reduce((sum, entry) => sum + entry.agreed, 0);
  const rows = agreement.map((entry) => `${entry.command} ${entry.agreed}/${entry.runs}`);
  console.log(`Conformance: ${agreed} of ${total} runs agree.\n${rows.join(', ')}`);
});
