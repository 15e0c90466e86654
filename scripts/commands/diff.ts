import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { flag, operand, option, text, type Values } from '../command-line/index.ts';
import type { Context } from '../context/index.ts';
import { UsageError } from '../diagnostic/index.ts';
import {
  builtInWords,
  builtNotes,
  changelogsInWords,
  commitsBetween,
  compareBuilt,
  isBuilt,
  readBuiltSide,
  readChangelogs,
  withCommits,
} from '../dossier/index.ts';
import {
  type Comparison,
  compare,
  inWords,
  isSame,
  type Notes,
  noFile,
  type Profile,
  profileOf,
  type Said,
  type Side,
  sayersOf,
  sidesOf,
} from '../explain/index.ts';
import { withoutSecrets } from '../report/diagnostics/index.ts';
import { base, profile } from './common-flags.ts';

export const name = 'diff';
export const help = {
  summary: 'tell what differs: packages, units, kernel arguments, files',
  more: 'of two flavours, kickstarts or revisions (`headless@HEAD~1`), or of two builds (`out/headless`, an image in it), with the cause of each',
};
const flavourOrFile = { names: 'flavour', orFile: true } as const;
export const flags = {
  a: operand(
    text('a', flavourOrFile),
    'a flavour, one at a git revision (headless@HEAD~1), a kickstart, or a directory of them; or a build: its directory, its manifest or an image in it',
  ),
  b: operand(text('b', flavourOrFile), 'the same'),
  base: option(base, 'distribution and release; the flavours’ own when absent'),
  hardware: option(profile, 'for the second: the computer that the image is for'),
  notes: flag('of two builds: release notes in Markdown, with the changelogs of all packages'),
  json: flag('for programs'),
};
export const startsPrograms = true;

/** Prints what differs between two flavours, two revisions of one, two kickstarts, two directories of them, or two builds. */
export async function run(asked: Values<typeof flags>, context: Context): Promise<void> {
  const { a: before, b: after } = asked;
  if (asked.notes === true && asked.json === true) throw usage('--notes is for people, and --json for programs');
  if (isBuilt(before) || isBuilt(after)) return diffBuilt(asked, context);
  if (asked.notes === true) throw usage('--notes is about two builds', 'phyllome build makes one in out/');
  const old = await sidesOf(before, { base: asked.base }, context);
  const now = await sidesOf(after, asked, context);
  const pairs = old.size === 1 && now.size === 1 ? [pairOf(old, now)] : pairsByName(old, now);
  const results = pairs.map(({ name, sides }) => ({ name, ...comparisonOf(sides) }));
  if (asked.json === true) {
    context.print(
      JSON.stringify(results, (_key, value: unknown) => (typeof value === 'string' ? blot(value) : value), 2),
    );
    return;
  }
  const told = results.filter(({ only, changes }) => only !== undefined || !isSame(changes));
  if (told.length === 0) context.print(`nothing differs between ${before} and ${after}`);
  for (const { name, only, changes } of told) {
    const sides = pairs.find((pair) => pair.name === name)?.sides;
    if (pairs.length > 1) context.print(`── ${name}`);
    context.print(only === undefined ? blot(wordsOf(changes, sides)) : `only in ${only === 'before' ? before : after}`);
  }
}

/** @throws UsageError where only one of the two is a build, or an option is given that says nothing of builds */
async function diffBuilt(asked: Values<typeof flags>, context: Context): Promise<void> {
  const { a: before, b: after } = asked;
  const other = [before, after].find((one) => !isBuilt(one));
  if (other !== undefined) {
    if (other.includes('/') && !existsSync(other)) throw noFile(other);
    const built = other === before ? after : before;
    throw new UsageError({
      code: 'not-built',
      severity: 'error',
      message: `${built} is a build, and ${other} is none: they cannot be compared`,
      hint: 'A build is a directory with a manifest.json, that file, or an image beside it: `phyllome build` makes one in out/.',
    });
  }
  const unused = (['base', 'hardware'] as const).find((option) => asked[option] !== undefined);
  if (unused !== undefined) {
    const message = `--${unused} says nothing of builds: each has its own`;
    throw new UsageError({ code: 'unused-option', severity: 'error', message });
  }
  const [old, now] = [readBuiltSide(before), readBuiltSide(after)];
  const commits = await commitsBetween(old, now, context);
  const comparison = withCommits(compareBuilt(old, now), commits);
  const changelogs = await readChangelogs(old, now, asked.notes === true, context);
  if (asked.json === true) {
    context.print(JSON.stringify({ ...comparison, ...(changelogs.length > 0 && { changelogs }) }, null, 2));
    return;
  }
  if (asked.notes === true) {
    context.print(blot(builtNotes(old, now, comparison, changelogs, commits)));
    return;
  }
  if (Object.keys(comparison.parts).length === 0) context.print(`nothing differs between ${before} and ${after}`);
  const words = [builtInWords(comparison), changelogsInWords(changelogs)].filter(Boolean).join('\n\n');
  if (words !== '') context.print(blot(words));
}

const usage = (message: string, hint?: string): UsageError =>
  new UsageError({ code: 'usage', severity: 'error', message, ...(hint !== undefined && { hint }) });

interface Pair {
  readonly name: string;
  readonly sides: readonly [Side | undefined, Side | undefined];
}

function pairOf(old: ReadonlyMap<string, Side>, now: ReadonlyMap<string, Side>): Pair {
  return { name: [...now.keys()].join(), sides: [[...old.values()][0], [...now.values()][0]] };
}

function pairsByName(old: ReadonlyMap<string, Side>, now: ReadonlyMap<string, Side>): readonly Pair[] {
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  return names.map((name) => ({ name, sides: [old.get(name), now.get(name)] }));
}

/** The comparison with the lines that bring what is new, where the sides are flavours. */
function wordsOf(changes: Comparison, [old, now]: Pair['sides'] = [undefined, undefined]): string {
  const hardware = now?.flavour?.hardware;
  const isNew = hardware !== undefined && hardware.name !== old?.flavour?.hardware?.name;
  const sayers = now?.flavour && sayersOf(now.flavour);
  const place = ({ at }: Pick<Said, 'at'>) => `${at.file}:${at.start.line}`;
  const profile = isNew ? `hardware profile: ${hardware.name}  # ${place(hardware)}\n\n` : '';
  const notes: Notes = (part, { name, after }) => {
    const said = after === undefined ? undefined : sayers?.(part, name);
    return said && place(said);
  };
  return profile + inWords(changes, notes).trimEnd();
}

function comparisonOf([old, now]: Pair['sides']): { readonly only?: 'before' | 'after'; readonly changes: Comparison } {
  if (old === undefined) return { only: 'after', changes: {} };
  if (now === undefined) return { only: 'before', changes: {} };
  const isEqual = old.kickstart === now.kickstart;
  return { changes: isEqual ? {} : compare(shownProfile(old), shownProfile(now)) };
}

/** Of secret files it is told that they differ, and not in what. */
function shownProfile({ kickstart, flavour }: Side): Profile {
  const profile = profileOf(kickstart);
  const secret = new Set(flavour?.files.flatMap((file) => (file.secret === true ? [file.path] : [])) ?? []);
  if (secret.size === 0) return profile;
  const files = [...profile.files].map(([path, text]): readonly [string, string] => {
    const how = text.split('\n', 1)[0] ?? '';
    return [path, secret.has(path) ? `${how}\nsha256:${createHash('sha256').update(text).digest('hex')}` : text];
  });
  return { ...profile, files: new Map(files) };
}

const blot = (text: string): string => text.split('\n').map(withoutSecrets).join('\n');
