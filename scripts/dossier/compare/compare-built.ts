import { type Change, changesBetween } from '../../explain/index.ts';
import type { BuiltSide } from '../built-side.ts';
import { readTests } from '../tests/read-tests.ts';
import { BUILT_PARTS, type BuiltPart, type BuiltProfile, TESTED_PARTS } from './built-parts.ts';
import { builtProfile } from './built-profile.ts';
import { type Causes, causesIn } from './causes.ts';
import { fileChanges } from './file-changes.ts';
import { testChanges } from './test-changes.ts';

export interface BuiltChange extends Change {
  /** Why it is there, or was: a line of the flavour's sources, a component, a package. */
  readonly cause?: string;
  /** What touched the file that the cause is in, between the builds, newest first: `1a2b3c4d5e6f subject`. */
  readonly commits?: readonly string[];
  /** Of a package: how many of its files come, go or differ. */
  readonly files?: number;
}

/** What differs between two built images. Parts without a difference are left out. */
export interface BuiltComparison {
  readonly parts: Readonly<Partial<Record<BuiltPart, readonly BuiltChange[]>>>;
  /** How many more files differ that package tools make of all packages together. */
  readonly derivedFiles: number;
  /** Parts that are not known of both; what only tests know where there is one of neither is none of them. */
  readonly notCompared: readonly BuiltPart[];
}

/** Compares everything that both builds noted. Times are in none of it. */
export function compareBuilt(before: BuiltSide, after: BuiltSide): BuiltComparison {
  const [old, now] = [builtProfile(before), builtProfile(after)];
  const [oldCauses, nowCauses] = [causesIn(before), causesIn(after)];
  const [oldTests, nowTests] = [testsOf(before), testsOf(after)];
  const isTested = oldTests.length + nowTests.length > 0;
  const tests = testChanges(oldTests, nowTests);
  const withCause = (part: BuiltPart, change: Change): BuiltChange => {
    const [side, causes] = change.after === undefined ? [before, oldCauses] : [after, nowCauses];
    const unit = part === 'listening sockets' ? tests?.unitOf.get(change.name) : undefined;
    const cause = unit === undefined ? causeOf(part, change, side, causes) : causes.unit(unit);
    return cause === undefined ? change : { ...change, cause };
  };
  const plain = new Map(BUILT_PARTS.map((part) => [part, changesOf(part, old, now)]));
  const namesOf = (part: BuiltPart) => new Set((plain.get(part) ?? []).map(({ name }) => name));
  const packages = new Set([...namesOf('packages')].map(withoutArchitecture));
  const files =
    before.dossier &&
    after.dossier &&
    fileChanges(before.dossier.files, after.dossier.files, { packages, units: namesOf('units') });
  const inPairs = new Map<BuiltPart, readonly Change[] | undefined>([
    ['kernel modules', files?.modules],
    ['polkit and sudo rules', files?.rules],
    ['owners and modes', files?.ownership],
    ['files', files?.files],
    ['listening sockets', tests?.sockets],
    ['verdicts of tests', tests?.verdicts],
    ['boot time and memory', tests?.footprint],
  ]);
  const counted = (change: Change): BuiltChange => {
    const number = files?.withPackages.get(withoutArchitecture(change.name));
    return number === undefined ? change : { ...change, files: number };
  };
  const found = BUILT_PARTS.map((part) => [part, inPairs.get(part) ?? plain.get(part)] as const);
  return {
    parts: Object.fromEntries(
      found.flatMap(([part, changes = []]) =>
        changes.length === 0
          ? []
          : [
              [
                part,
                changes.map((change) => ({ ...withCause(part, change), ...(part === 'packages' && counted(change)) })),
              ],
            ],
      ),
    ),
    derivedFiles: files?.derived ?? 0,
    notCompared: found.flatMap(([part, changes]) =>
      changes === undefined && (isTested || !TESTED_PARTS.includes(part)) ? [part] : [],
    ),
  };
}

const testsOf = ({ directory, manifest }: BuiltSide) => readTests(directory, manifest);

const withoutArchitecture = (name: string) => name.replace(/:.*/, '');

/** Undefined where one of the two does not know. */
function changesOf(part: BuiltPart, old: BuiltProfile, now: BuiltProfile): readonly Change[] | undefined {
  const [was, is] = [old.get(part), now.get(part)];
  return was && is && changesBetween(was, is);
}

function causeOf(
  part: BuiltPart,
  { name, before, after }: Change,
  { dossier }: BuiltSide,
  causes: Causes,
): string | undefined {
  switch (part) {
    case 'packages':
      // Of another version the repository is the cause.
      return before === undefined || after === undefined ? causes.package(withoutArchitecture(name)) : undefined;
    case 'units':
      return causes.unit(name);
    case 'kernel arguments':
      return causes.kernelArgument(name);
    case 'users':
      return causes.line(`user --name=${name}`);
    case 'groups':
      return causes.line(`group --name=${name}`);
    case 'kernel settings': {
      const file = dossier?.contents.sysctls.find((one) => one.name === name)?.file;
      return file === undefined ? undefined : causes.file(file);
    }
    case 'kernel modules': {
      const path = dossier?.files.find(
        (one) => one.path.includes('/modules/') && /([^/]+)\.ko/.exec(one.path)?.[1]?.replaceAll('-', '_') === name,
      )?.path;
      return path === undefined ? undefined : causes.file(path);
    }
    case 'listening sockets':
    case 'verdicts of tests':
    case 'boot time and memory':
    case 'sizes':
    case 'tools that made it':
      return undefined;
    default:
      return causes.file(name);
  }
}
