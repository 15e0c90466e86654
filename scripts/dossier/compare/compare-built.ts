import { type Change, changesBetween } from '../../explain/index.ts';
import type { BuiltSide } from '../built-side.ts';
import { BUILT_PARTS, type BuiltPart, type BuiltProfile } from './built-parts.ts';
import { builtProfile } from './built-profile.ts';
import { type Causes, causesIn } from './causes.ts';
import { fileChanges } from './file-changes.ts';

export interface BuiltChange extends Change {
  /** Why it is there, or was: a line of the flavour's sources, a component, a package. */
  readonly cause?: string;
  /** Of a package: how many of its files come, go or differ. */
  readonly files?: number;
}

/** What differs between two built images. Parts without a difference are left out. */
export interface BuiltComparison {
  readonly parts: Readonly<Partial<Record<BuiltPart, readonly BuiltChange[]>>>;
  /** How many more files differ that package tools make of all packages together. */
  readonly derivedFiles: number;
  /** Parts that are not known of both. */
  readonly notCompared: readonly BuiltPart[];
}

/** Compares everything that both builds noted. Times are in none of it. */
export function compareBuilt(before: BuiltSide, after: BuiltSide): BuiltComparison {
  const [old, now] = [builtProfile(before), builtProfile(after)];
  const [oldCauses, nowCauses] = [causesIn(before), causesIn(after)];
  const withCause = (part: BuiltPart, change: Change): BuiltChange => {
    const [side, causes] = change.after === undefined ? [before, oldCauses] : [after, nowCauses];
    const cause = causeOf(part, change, side, causes);
    return cause === undefined ? change : { ...change, cause };
  };
  const plain = new Map(BUILT_PARTS.map((part) => [part, changesOf(part, old, now)]));
  const namesOf = (part: BuiltPart) => new Set((plain.get(part) ?? []).map(({ name }) => name));
  const packages = new Set([...namesOf('packages')].map(withoutArchitecture));
  const files =
    before.dossier &&
    after.dossier &&
    fileChanges(before.dossier.files, after.dossier.files, { packages, units: namesOf('units') });
  const ofFiles = new Map<BuiltPart, readonly Change[] | undefined>([
    ['kernel modules', files?.modules],
    ['polkit and sudo rules', files?.rules],
    ['owners and modes', files?.ownership],
    ['files', files?.files],
  ]);
  const counted = (change: Change): BuiltChange => {
    const number = files?.withPackages.get(withoutArchitecture(change.name));
    return number === undefined ? change : { ...change, files: number };
  };
  const found = BUILT_PARTS.map((part) => [part, ofFiles.get(part) ?? plain.get(part)] as const);
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
    notCompared: found.flatMap(([part, changes]) => (changes === undefined ? [part] : [])),
  };
}

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
    case 'sizes':
    case 'tools that made it':
      return undefined;
    default:
      return causes.file(name);
  }
}
