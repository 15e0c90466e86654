import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LINT_RULES } from 'kickstart-parser';
import { describe, expect, test } from 'vitest';
import { findings, fixed } from './findings.ts';

const ruleFiles = readdirSync(
  fileURLToPath(new URL('../../../scripts/kickstart-parser/src/lint/rules/', import.meta.url)),
);

test('every rule has its file and stands in the registry, in alphabetical order', () => {
  expect(LINT_RULES.map(({ id }) => `${id}.ts`)).toEqual(ruleFiles.sort());
});

describe.each(LINT_RULES)('$id', (rule) => {
  const options = { profile: rule.profiles?.at(-1) ?? 'anaconda', ...rule.exampleSettings };

  test('complains about its example', () => {
    expect(findings(rule.id, rule.example, options).length).toBeGreaterThan(0);
  });

  test('has a fix exactly if it says so, and the fix settles the matter', () => {
    const before = findings(rule.id, rule.example, options);
    expect(before.some(({ fix }) => fix !== undefined)).toBe(rule.isFixable);
    if (rule.isFixable) expect(findings(rule.id, fixed(rule.id, rule.example, options), options)).toEqual([]);
  });

  test('is silent for other profiles', () => {
    if (rule.profiles === undefined || rule.profiles.includes('direct')) return;
    expect(findings(rule.id, rule.example, { ...options, profile: 'direct' })).toEqual([]);
  });
});
