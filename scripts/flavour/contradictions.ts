import type { Span } from '../diagnostic/index.ts';
import type { Findings } from './findings.ts';
import type { ResolvedFile, ResolvedKernelArgument, ResolvedPackage, ResolvedUnit } from './model.ts';
import { contradictionKey } from './repeatable-arguments.ts';

/** Each package once, at its first mention. */
export function uniquePackages(packages: readonly ResolvedPackage[]): readonly ResolvedPackage[] {
  return firstOfEach(packages, (entry) => entry.name);
}

/** Each unit once; a unit claimed two ways is an error that shows both places. */
export function uniqueUnits(units: readonly ResolvedUnit[], findings: Findings): readonly ResolvedUnit[] {
  for (const [first, second] of clashes(
    units,
    (unit) => unit.name,
    (unit) => unit.preset,
  )) {
    findings.error(
      'unit-contradiction',
      `\`${second.name}\` is to be ${past(second.preset)} (${second.by}) and ${past(first.preset)} (${first.by})`,
      second.at,
      { related: [{ message: `${past(first.preset)} here: ${first.reason}`, span: first.at }] },
    );
  }
  return firstOfEach(units, (unit) => unit.name);
}

/**
 * The arguments in order, each that says the same once; two values for an argument that takes one are an error. The sizes
 * of huge pages stay beside their numbers: `hugepages=` counts pages of the size that the `hugepagesz=` before it names.
 */
export function uniqueKernelArguments(
  given: readonly ResolvedKernelArgument[],
  findings: Findings,
): readonly ResolvedKernelArgument[] {
  const entries = withPageSizes(given);
  const keyOf = ({ own, size }: Sized): string | undefined =>
    size === undefined ? contradictionKey(own.argument) : `${own.argument.split('=', 1)[0]} ${size}`;
  const single = entries.filter((entry) => keyOf(entry) !== undefined);
  for (const [first, second] of clashes(
    single,
    (entry) => `${keyOf(entry)}`,
    ({ own }) => own.argument,
  )) {
    const of = second.size === undefined || second.size === '' ? '' : ` for pages of ${second.size}`;
    findings.error(
      'kernel-argument-contradiction',
      `\`${second.own.argument}\`${of} (${second.own.by}) contradicts \`${first.own.argument}\` (${first.own.by})`,
      second.own.at,
      {
        related: [{ message: `asked for here: ${first.own.reason}`, span: first.own.at }],
        ...(isList(second.own.argument) && { hint: 'it takes one value, a list: join them by commas' }),
      },
    );
  }
  return firstOfEach(entries, ({ own, size }) => [own.argument, size].join(' ')).map(({ own }) => own);
}

/** Arguments whose one value is a list, so that a second line takes the place of the first. */
const isList = (argument: string): boolean =>
  /^(?:module_blacklist|vfio[-_]pci\.ids|isolcpus|nohz_full|rcu_nocbs|trace_event)=/.test(argument);

interface Sized {
  readonly own: ResolvedKernelArgument;
  /** Of a number of huge pages and of the line that names their size: which; empty for the kernel's own size. */
  readonly size?: string;
}

function withPageSizes(given: readonly ResolvedKernelArgument[]): readonly Sized[] {
  let size = '';
  return given.map((own) => {
    const [name, value = ''] = own.argument.split('=', 2);
    if (name === 'hugepagesz') size = value;
    return name === 'hugepagesz' || name === 'hugepages' ? { own, size } : { own };
  });
}

/** The files without those whose place a later one takes; one that takes no place is an error. */
export function withoutOverridden(files: readonly ResolvedFile[], findings: Findings): readonly ResolvedFile[] {
  let kept: readonly ResolvedFile[] = [];
  for (const file of files) {
    const others = kept.filter(({ path }) => path !== file.path);
    if (file.overrides === true && others.length === kept.length) {
      findings.error('nothing-to-override', `nobody else writes \`${file.path}\``, file.at);
    }
    kept = [...(file.overrides === true ? others : kept), file];
  }
  return kept;
}

/** Two overlays must not write one path. */
export function findDuplicatePaths(
  entries: readonly { readonly path: string; readonly at: Span; readonly by: string }[],
  findings: Findings,
): void {
  for (const [first, second] of clashes(
    entries,
    (entry) => entry.path,
    (entry) => entry,
  )) {
    findings.error('duplicate-path', `\`${second.path}\` comes from ${first.by} and from ${second.by}`, second.at, {
      related: [{ message: 'first here', span: first.at }],
    });
  }
}

/** Pairs of the first entry with a name and each later one that says something else. */
function clashes<T>(entries: readonly T[], nameOf: (entry: T) => string, claimOf: (entry: T) => unknown): [T, T][] {
  const firsts = new Map<string, T>();
  const pairs: [T, T][] = [];
  for (const entry of entries) {
    const first = firsts.get(nameOf(entry));
    if (first === undefined) firsts.set(nameOf(entry), entry);
    else if (claimOf(first) !== claimOf(entry)) pairs.push([first, entry]);
  }
  return pairs;
}

function firstOfEach<T>(entries: readonly T[], nameOf: (entry: T) => string): readonly T[] {
  const seen = new Set<string>();
  return entries.filter((entry) => !seen.has(nameOf(entry)) && seen.add(nameOf(entry)));
}

function past(preset: ResolvedUnit['preset']): string {
  return preset === 'mask' ? 'masked' : `${preset}d`;
}
