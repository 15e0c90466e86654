import { type EntryOrigin, type KickstartModel, model, parse, type Span } from 'kickstart-parser';
import { expect, test } from 'vitest';
import { type ConformanceCase, readCases } from './conformance-cases.ts';

interface Facts {
  readonly packages?: {
    readonly include: readonly string[];
    readonly exclude: readonly string[];
    readonly groups: readonly (readonly [string, string])[];
    readonly excludeGroups: readonly string[];
    readonly environment?: string;
    readonly flags: Readonly<Record<string, unknown>>;
  };
  readonly scripts?: readonly { readonly type: string; readonly line: number; readonly bytes: number }[];
  readonly commandsSeen?: readonly string[];
}

const cases = readCases('_own_documents').filter((recorded) => recorded.facts !== undefined);

test.each(cases)('the model of $id says what the reference says', (recorded) => {
  const version = recorded.versions[0];
  if (version === undefined) throw new Error('a case without versions');
  const value = model(parse(recorded.input), version);
  expectCommands(value, recorded.facts ?? {});
  expectSections(value, recorded.facts as Facts);
});

test.each(cases)('the model of $id names every command that is present', (recorded: ConformanceCase) => {
  const value = model(parse(recorded.input), recorded.versions[0]);
  // Of several spellings of one state the reference names the last.
  const states = [value.commands.reboot, value.commands.displayMode];
  const overridden = states.flatMap((state) =>
    value.present.filter(({ name, span }) => isOtherSpelling(state, name, span)).map(({ name }) => name),
  );
  const names = new Set(value.present.map(({ name }) => name).filter((name) => !overridden.includes(name)));
  expect([...names].sort()).toEqual((recorded.facts as Facts).commandsSeen);
});

function isOtherSpelling(state: EntryOrigin | undefined, name: string, span: Span): boolean {
  return state?.spans.includes(span) === true && state.command !== name;
}

function expectCommands(value: KickstartModel, facts: Readonly<Record<string, unknown>>): void {
  for (const [name, recordedValue] of Object.entries(facts)) {
    const ours: unknown = Reflect.get(value.commands, name);
    if (ours === undefined) continue;
    const pairs = Array.isArray(recordedValue)
      ? recordedValue.map((item, i) => [item, (ours as unknown[])[i]])
      : [[recordedValue, ours]];
    for (const [expected, actual] of pairs)
      expect({ [name]: shared(actual, expected) }).toEqual({ [name]: shared(expected, actual) });
  }
}

/** The fields of one value that the other also has, in camel case, without those the reference counts as unset. */
function shared(value: unknown, other: unknown): Record<string, unknown> {
  const otherFields = new Set(Object.keys(other as object).map(camelCase));
  return Object.fromEntries(
    Object.entries(value as object)
      .map(([field, item]) => [camelCase(field), item] as const)
      .filter(([field, item]) => otherFields.has(field) && item !== '' && item !== 0 && item !== false),
  );
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

function expectSections(value: KickstartModel, facts: Facts): void {
  const scripts = value.scripts.map(({ section, lineno, body }) => ({
    type: section,
    line: lineno,
    bytes: body.length,
  }));
  expect(scripts).toEqual((facts.scripts ?? []).map(({ type, line, bytes }) => ({ type, line, bytes })));
  if (facts.packages === undefined) return;
  const { packages } = value;
  const names = (entries: readonly { readonly name: string }[] = []) => entries.map(({ name }) => name).sort();
  expect(names(packages?.packages)).toEqual([...facts.packages.include].sort());
  expect(names(packages?.excludedPackages)).toEqual([...facts.packages.exclude].sort());
  expect(packages?.groups.map(({ name, include }) => [name, include]).sort()).toEqual(
    [...facts.packages.groups].sort(),
  );
  expect(names(packages?.excludedGroups)).toEqual([...facts.packages.excludeGroups].sort());
  expect(packages?.environment?.name).toBe(facts.packages.environment);
  expect(packages?.flags).toMatchObject(facts.packages.flags);
}
