import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { byteSize, carryIn, carryOut, listCache, pruneCache } from '../../scripts/cache/index.ts';
import { mountedStages } from '../../scripts/cache/mounted-stages.ts';
import { CacheUse } from '../../scripts/plan/index.ts';
import { markOf } from '../../scripts/process/index.ts';
import { recordingContext, scratchDirectory } from '../commands/recording-context.ts';
import { typeIn } from '../commands/type-in.ts';

const MEBIBYTE = 2 ** 20;
const hash = (digit: string) => digit.repeat(20);

/** A stage of `mebibytes`, made at `day` of January 2026; with a list of packages where some are named. */
function stage(cache: string, name: string, mebibytes: number, day: number, packages: readonly string[] = []): string {
  const directory = path.join(cache, 'stages', name);
  mkdirSync(directory, { recursive: true });
  writeFileSync(path.join(directory, 'content'), Buffer.alloc(mebibytes * MEBIBYTE, 1));
  if (packages.length > 0) {
    const lines = packages.map((file) => `${file} 1 SHA256:${'0'.repeat(64)}\n`);
    writeFileSync(path.join(directory, 'lock'), lines.join(''));
  }
  const at = new Date(Date.UTC(2026, 0, day));
  utimesSync(directory, at, at);
  return directory;
}

function packageFile(cache: string, name: string, mebibytes: number): void {
  mkdirSync(path.join(cache, 'packages'), { recursive: true });
  writeFileSync(path.join(cache, 'packages', name), Buffer.alloc(mebibytes * MEBIBYTE, 1));
}

/** The build of `name` that used these ended at `day` of January 2026. */
function used(cache: string, name: string, directories: readonly string[], day: number): void {
  new CacheUse(cache).remember(name, directories);
  const at = new Date(Date.UTC(2026, 0, day));
  utimesSync(path.join(cache, 'used', `${name}.json`), at, at);
}

/** Tools, two builds of one flavour, an old one of another, what nobody needs, and the packages of these. */
function filled() {
  const surroundings = recordingContext();
  const { cache } = surroundings.context.places;
  const tools = stage(cache, `tools-${hash('a')}`, 4, 1, ['qemu_1.deb']);
  const first = stage(cache, `root-tree-${hash('b')}`, 3, 2, ['bash_1.deb']);
  const second = stage(cache, `root-tree-${hash('c')}`, 3, 3, ['bash_2.deb']);
  const other = stage(cache, `root-tree-${hash('d')}`, 3, 4, ['bash_1.deb']);
  stage(cache, `image-${hash('e')}`, 2, 20);
  for (const name of ['qemu_1.deb', 'bash_1.deb', 'bash_2.deb', 'gone_1.deb']) packageFile(cache, name, 1);
  used(cache, 'other debian-13', [tools, other], 5);
  used(cache, 'one debian-13', [tools, first], 6);
  used(cache, 'one debian-13', [tools, second], 10);
  return { ...surroundings, cache, tools, first, second, other };
}

test('each entry is told with its size, its users and when they used it', async () => {
  const { context, tools, first } = filled();
  const { entries } = await listCache(context);
  const of = (name: string) => entries.find((entry) => entry.name === name);
  expect(of(path.basename(tools))).toMatchObject({ kind: 'stage', usedBy: ['one debian-13', 'other debian-13'] });
  expect(of(path.basename(tools))?.usedAt.toISOString()).toBe('2026-01-10T00:00:00.000Z');
  expect(of(path.basename(tools))?.bytes).toBeGreaterThanOrEqual(4 * MEBIBYTE);
  expect(of(path.basename(first))?.usedAt.toISOString()).toBe('2026-01-02T00:00:00.000Z');
  expect(of('bash_2.deb')).toMatchObject({ kind: 'package', usedBy: ['one debian-13'] });
  expect(of('gone_1.deb')?.usedBy).toEqual([]);
  expect(of(`image-${hash('e')}`)?.usedBy).toEqual([]);
});

test('what nobody needs goes first, then what was used longest ago, packages before stages, tools last', async () => {
  const { context, cache } = filled();
  const all = (await listCache(context)).entries.length;
  const order: string[] = [];
  for (let left = all; left > 0; left -= 1) {
    const { entries, otherBytes } = await listCache(context);
    const bytes = entries.reduce((sum, entry) => sum + entry.bytes, otherBytes);
    const { removed } = await pruneCache(bytes - 1, context);
    order.push(...removed.map(({ name }) => name));
  }
  expect(order).toEqual([
    `image-${hash('e')}`,
    'gone_1.deb',
    `root-tree-${hash('b')}`,
    'bash_1.deb',
    `root-tree-${hash('d')}`,
    'bash_2.deb',
    'qemu_1.deb',
    `root-tree-${hash('c')}`,
    `tools-${hash('a')}`,
  ]);
  expect(readdirSync(path.join(cache, 'tmp'))).toEqual([]);
});

test('a cache within its limit stays as it is, and one that is not there is empty', async () => {
  const { context } = filled();
  expect((await pruneCache(2 ** 40, context)).removed).toEqual([]);
  const none = recordingContext().context;
  expect(await pruneCache(1, none)).toEqual({ removed: [], mounted: [], bytes: 0 });
  expect(await listCache(none)).toEqual({ entries: [], otherBytes: 0 });
});

test('while another build runs nothing goes, and nothing is exported', async () => {
  const { context, cache, scratch } = filled();
  mkdirSync(path.join(cache, 'running'), { recursive: true });
  writeFileSync(path.join(cache, 'running', `${process.ppid}`), markOf(process.ppid) ?? '');
  const refused = { exitCode: 3, message: expect.stringContaining(`process ${process.ppid} is building`) };
  await expect(pruneCache(1, context)).rejects.toMatchObject(refused);
  await expect(carryOut(path.join(scratch, 'cache.tar'), context)).rejects.toMatchObject(refused);
  expect((await listCache(context)).entries).toHaveLength(9);
  expect(existsSync(path.join(cache, 'running', `${process.pid}`))).toBe(false);
});

test('what a killed pruning left goes with the next one', async () => {
  const { context, cache } = filled();
  const left = path.join(cache, 'tmp', `pruned.${process.pid}-1-00000000.root-tree-${hash('f')}`);
  mkdirSync(left, { recursive: true });
  await pruneCache(2 ** 40, context);
  expect(existsSync(left)).toBe(false);
});

test('a stage that a program has mounted is known by the mounts of processes', () => {
  const scratch = scratchDirectory();
  const [tools, root] = [stage(scratch, `tools-${hash('a')}`, 0, 1), stage(scratch, `root-tree-${hash('b')}`, 0, 1)];
  const proc = path.join(scratch, 'proc');
  for (const pid of ['12', '13']) mkdirSync(path.join(proc, pid), { recursive: true });
  const line = `36 35 98:0 /home/me/.cache/phyllome/stages/${path.basename(tools)}/root /usr ro - ext4 /dev/sda rw\n`;
  writeFileSync(path.join(proc, '12', 'mountinfo'), line);
  expect([...mountedStages(path.dirname(root), proc)]).toEqual([path.basename(tools)]);
  expect([...mountedStages(path.dirname(root), '/nonexistent')]).toEqual([]);
});

test('an exported cache is the same elsewhere: owners, attributes of files, and what builds used', async () => {
  const { context, scratch, second, tools } = filled();
  spawnSync('chmod', ['4711', path.join(second, 'content')]);
  const file = path.join(scratch, 'carried/cache.tar');
  await carryOut(file, context);
  const there = recordingContext().context;
  const taken = await carryIn(file, there);
  expect([...taken].sort()).toEqual((readdirSync(path.dirname(second)) as string[]).sort());
  const content = path.join(there.places.cache, 'stages', path.basename(second), 'content');
  expect(statSync(content)).toMatchObject({ size: 3 * MEBIBYTE, mode: statSync(path.join(second, 'content')).mode });
  expect(statSync(path.dirname(content)).mtime).toEqual(statSync(second).mtime);
  const names = (lists: ReturnType<CacheUse['lists']>) =>
    lists
      .map(({ name, generations }) => [name, generations.map((one) => one.map((each) => path.basename(each)))])
      .sort();
  expect(names(new CacheUse(there.places.cache).lists())).toEqual(names(new CacheUse(context.places.cache).lists()));
  expect(new CacheUse(there.places.cache).lists()[0]?.generations[0]).toContain(
    path.join(there.places.cache, 'stages', path.basename(tools)),
  );
  expect(await carryIn(file, there)).toEqual([]);
  expect(readdirSync(path.join(there.places.cache, 'tmp'))).toEqual([]);
});

test('what is no file is told as that', async () => {
  const { context } = recordingContext();
  const message = expect.stringContaining('this is no file');
  await expect(carryIn('/dev/null', context)).rejects.toMatchObject({ exitCode: 2, message });
});

test.each([
  ['nothing', undefined, 'there is no such file'],
  ['text', 'no archive', /tar/],
])('%s is not taken for an exported cache', async (_, content, why) => {
  const { context, scratch } = recordingContext();
  const file = path.join(scratch, 'cache.tar');
  if (content !== undefined) writeFileSync(file, content);
  await expect(carryIn(file, context)).rejects.toMatchObject({ exitCode: 2, message: expect.stringMatching(why) });
  expect(existsSync(path.join(context.places.cache, 'stages'))).toBe(false);
});

test('an archive of somebody else’s, and one that names other places, are refused', async () => {
  const { context, scratch } = recordingContext();
  const pack = (lists: string | undefined) => {
    const directory = scratchDirectory();
    mkdirSync(path.join(directory, 'stages', `tools-${hash('a')}`), { recursive: true });
    if (lists !== undefined) writeFileSync(path.join(directory, 'used.json'), lists);
    const file = path.join(scratch, 'cache.tar');
    spawnSync('tar', ['-cf', file, '-C', directory, '.']);
    return file;
  };
  const outside = [
    JSON.stringify([{ name: '../../x', generations: [] }]),
    JSON.stringify([{ name: 'x', generations: [['../../x']] }]),
  ];
  for (const lists of [undefined, '{}', ...outside]) {
    await expect(carryIn(pack(lists), context)).rejects.toMatchObject({ exitCode: 2 });
  }
  expect(existsSync(path.join(context.places.cache, 'stages'))).toBe(false);
});

test.each(['packages', 'lab'])(
  'an archive in which a link stands for %s moves nothing that lies behind it',
  async (name) => {
    const { context, scratch } = recordingContext();
    const outside = path.join(scratch, 'outside');
    mkdirSync(path.join(outside, 'verdicts'), { recursive: true });
    writeFileSync(path.join(outside, 'mine'), 'mine');
    const directory = scratchDirectory();
    symlinkSync(outside, path.join(directory, name));
    writeFileSync(path.join(directory, 'used.json'), '[]');
    const file = path.join(scratch, 'cache.tar');
    spawnSync('tar', ['-cf', file, '-C', directory, '.']);
    await expect(carryIn(file, context)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('is no directory'),
    });
    expect(readdirSync(outside).sort()).toEqual(['mine', 'verdicts']);
  },
);

test.each([
  ['4GiB', 2 ** 32],
  ['1.5 GiB', 1.5 * 2 ** 30],
  ['800MiB', 800 * MEBIBYTE],
])('%s is a size', (text, bytes) => expect(byteSize.read(text, '--max')).toBe(bytes));

test.each(['4', '4GB', '0GiB', '-1GiB', '4 G', ''])('`%s` is no size', (text) => {
  expect(() => byteSize.read(text, '--max')).toThrow('such as 4GiB or 800MiB');
});

test('the verbs tell it', async () => {
  const { context, output, cache } = filled();
  await typeIn(['cache', 'list'], context);
  expect(output()).toMatch(new RegExp(`tools-${hash('a')} +one debian-13, other debian-13`));
  expect(output()).toMatch(/4 packages +1 that nobody needs/);
  await typeIn(['cache', 'prune', '--max', '6MiB'], context);
  expect(output()).toMatch(/removed +2\.0 MiB {2}image-e{20}/);
  expect(output()).toMatch(/freed; the cache takes \d\.\d MiB, of 6\.0 MiB that it may$/m);
  expect(readdirSync(path.join(cache, 'stages'))).toEqual([`tools-${hash('a')}`]);
  await expect(typeIn(['cache', 'prune'], context)).rejects.toMatchObject({ exitCode: 2 });
});
