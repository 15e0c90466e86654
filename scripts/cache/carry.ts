import { existsSync, lstatSync, mkdtempSync, readdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Context } from '../context/index.ts';
import { UsageError } from '../diagnostic/index.ts';
import { makeDirectory, readJson, writeWhole } from '../files/index.ts';
import { CacheUse } from '../plan/index.ts';
import { CommandFailed, inNamespaces, markOf, privilegeOf, removalOf } from '../process/index.ts';
import { placesOf } from './places.ts';
import { refuseWhileBuilding } from './refuse-while-building.ts';

/** What is carried, by its name in the cache: what a build finds again by its key, and what was found out. */
const CARRIED = ['stages', 'packages', 'repodata', 'lab/verdicts'];
const LISTS = 'used.json';
const STAGE = /^[a-z][a-z0-9-]*-[0-9a-f]{20}$/;

type Surroundings = Pick<Context, 'places' | 'runner' | 'signal'>;

/**
 * Writes the cache into one archive (tar), with owners, modes and extended attributes of root trees as the builder's namespace sees
 * them: what forges keep of a directory by itself loses them, and images made of it would be others.
 * @throws EnvironmentError while a build runs with this cache
 */
export async function carryOut(file: string, { places, runner, signal }: Surroundings): Promise<void> {
  const { root } = placesOf(places.cache);
  const target = path.resolve(file);
  makeDirectory(path.dirname(target));
  const use = new CacheUse(root);
  use.begin();
  const lists = use.lists().map(({ name, generations }) => ({
    name,
    generations: generations.map((directories) => directories.map((one) => path.basename(one))),
  }));
  const scratch = temporaryIn(root, 'carried');
  const part = `${target}.${markOf()}.part`;
  try {
    refuseWhileBuilding(use, root);
    writeWhole(path.join(scratch, LISTS), `${JSON.stringify(lists)}\n`);
    const there = CARRIED.filter((name) => existsSync(path.join(root, name)));
    await inside(
      [
        'tar',
        ...FAITHFUL,
        '--create',
        '--file',
        part,
        '-C',
        scratch,
        LISTS,
        ...(there.length > 0 ? ['-C', root, ...there] : []),
      ],
      { runner, signal },
    );
    renameSync(part, target);
  } finally {
    use.end();
    await runner.run({ argv: removalOf([scratch, part]) });
  }
}

/**
 * Takes what an archive of `carryOut` holds into the cache. What is there already stays, and so does what builds used since.
 * Answers the names of the stages that are new. An archive is as trustworthy as who wrote it: images are made of what is in it.
 * @throws UsageError for what is no such archive
 */
export async function carryIn(file: string, { places, runner, signal }: Surroundings): Promise<readonly string[]> {
  const source = path.resolve(file);
  const found = statSync(source, { throwIfNoEntry: false });
  if (found?.isFile() !== true) throw notCarried(file, found ? 'this is no file' : 'there is no such file');
  const { root, stages } = placesOf(places.cache);
  const scratch = temporaryIn(root, 'carried');
  // What no list names yet, a build that ends now would remove.
  const use = new CacheUse(root);
  use.begin();
  try {
    try {
      await inside(['tar', ...FAITHFUL, '--extract', '--file', source, '-C', scratch], { runner, signal });
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      throw notCarried(file, error.completed.stderr.trim().split('\n').at(-1) ?? 'tar failed');
    }
    const lists = readJson(path.join(scratch, LISTS));
    if (!isLists(lists)) throw notCarried(file, `it has no ${LISTS}: \`phyllome cache export\` did not write it`);
    const led = CARRIED.find((name) => leadsAway(scratch, name));
    if (led !== undefined) throw notCarried(file, `${led} in it is no directory`);
    const taken = CARRIED.flatMap((name) => takeIn(path.join(scratch, name), path.join(root, name), name === 'stages'));
    const known = new Set(use.lists().map(({ name }) => name));
    // The oldest first: what is remembered last is the newest.
    for (const { name, generations } of lists.filter((list) => !known.has(list.name))) {
      for (const names of [...generations].reverse())
        use.remember(
          name,
          names.map((one) => path.join(stages, one)),
        );
    }
    return taken;
  } finally {
    use.end();
    await runner.run({ argv: removalOf([scratch]) });
  }
}

const FAITHFUL = ['--numeric-owner', '--xattrs', '--xattrs-include=*', '--acls', '--sparse'];

async function inside(argv: readonly string[], { runner, signal }: Pick<Context, 'runner' | 'signal'>): Promise<void> {
  await runner.run({ argv: inNamespaces(privilegeOf(), argv) }, { signal });
}

function temporaryIn(root: string, name: string): string {
  const { temporary } = placesOf(root);
  makeDirectory(temporary, 0o700);
  return mkdtempSync(path.join(temporary, `${name}.${markOf()}.`));
}

/** Whether a link, or a file, stands on the way to a directory of the archive: what lies behind it would be moved, whosever it is. */
function leadsAway(scratch: string, name: string): boolean {
  const parts = name.split('/').map((_, index, all) => path.join(scratch, ...all.slice(0, index + 1)));
  return parts.some((part) => lstatSync(part, { throwIfNoEntry: false })?.isDirectory() === false);
}

/** Moves what is not there yet; each entry is whole or not there. Answers the names of what came. */
function takeIn(from: string, to: string, areStages: boolean): readonly string[] {
  if (!existsSync(from)) return [];
  makeDirectory(to, areStages ? 0o700 : 0o777);
  const names = readdirSync(from).filter((name) => !areStages || STAGE.test(name));
  const fresh = names.filter((name) => !existsSync(path.join(to, name)));
  for (const name of fresh) renameSync(path.join(from, name), path.join(to, name));
  return areStages ? fresh : [];
}

interface CarriedList {
  readonly name: string;
  readonly generations: readonly (readonly string[])[];
}

/** Names of flavours and stages become paths. */
function isLists(read: unknown): read is readonly CarriedList[] {
  const isList = (one: Partial<CarriedList> | null): boolean =>
    typeof one?.name === 'string' &&
    /^[^/]+$/.test(one.name) &&
    Array.isArray(one.generations) &&
    one.generations.every(
      (names: unknown) =>
        Array.isArray(names) && names.every((name: unknown) => typeof name === 'string' && STAGE.test(name)),
    );
  return Array.isArray(read) && read.every(isList);
}

const notCarried = (file: string, why: string): UsageError =>
  new UsageError({ code: 'no-carried-cache', severity: 'error', message: `${file}: ${why}` });
