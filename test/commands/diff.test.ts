import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { run as diff } from '../../scripts/commands/diff.ts';
import { run as show } from '../../scripts/commands/show.ts';
import { run as why } from '../../scripts/commands/why.ts';
import { recordingContext, scratchDirectory } from './recording-context.ts';

test("a user's flavour differs from what it extends by what it says", async () => {
  const mine = scratchDirectory();
  mkdirSync(path.join(mine, 'flavours'));
  writeFileSync(
    path.join(mine, 'flavours/mine.yaml'),
    'flavour: mine\nsummary: my own\nextends: nano\nsystem: {hostname: ada}\nkernelArguments: [{argument: quiet, reason: silence}]\n',
  );
  const { context, output } = recordingContext([mine]);
  await diff({ a: 'nano', b: 'mine' }, context);
  expect(output().replace(path.basename(mine), 'MINE')).toBe(
    'kernel arguments: 1 new\n  + quiet  # MINE/flavours/mine.yaml:5\n\ncommands: 1 different\n  ~ network: --hostname=phyllome → --hostname=ada\n\n' +
      'files: 1 different\n  ~ /usr/lib/phyllome/os-release: +1 -1 lines  # overlays/branding/rootfs/usr/lib/phyllome/os-release.hbs:1',
  );
});

test('for a computer, the lines of its profile are told', async () => {
  const { context, output } = recordingContext();
  await diff({ a: 'nano', b: 'nano', hardware: 'lab' }, context);
  expect(output()).toMatch(/^hardware profile: lab {2}# kickstarts\/hardware\/lab.yaml:2\n/);
  expect(output()).toMatch(/ {2}\+ iommu=pt {2}# overlays\/vfio\/component.yaml:\d+\n/);
});

test('a flavour is the same as itself, and as it was at HEAD where nothing was changed since', async () => {
  const { context, output } = recordingContext();
  await diff({ a: 'nano', b: 'nano' }, context);
  expect(output()).toBe('nothing differs between nano and nano');
  await expect(diff({ a: 'nano@no-such-revision', b: 'nano' }, context)).rejects.toThrow(/git knows no revision/);
});

test('directories are compared file by file', async () => {
  const { context, output, scratch } = recordingContext();
  const folder = (name: string, files: Record<string, string>): string => {
    const directory = path.join(scratch, name);
    mkdirSync(directory);
    for (const [file, text] of Object.entries(files)) writeFileSync(path.join(directory, file), text);
    return directory;
  };
  const a = folder('a', { 'one.ks': 'lang C\n', 'two.ks': 'lang C\n', 'gone.ks': '' });
  const b = folder('b', { 'one.ks': 'lang de\n', 'two.ks': 'lang C\n', 'come.ks': '' });
  await diff({ a, b }, context);
  expect(output().split('\n')).toEqual([
    '── come.ks',
    `only in ${b}`,
    '── gone.ks',
    `only in ${a}`,
    '── one.ks',
    'commands: 1 different',
    '  ~ lang: C → de',
  ]);
  await expect(diff({ a, b: '/nowhere/b.ks' }, context)).rejects.toThrow(/no file or directory/);
});

test('show and why speak JSON, too', () => {
  const shown = recordingContext();
  show({ flavour: 'nano', json: true }, shown.context);
  expect(JSON.parse(shown.output())).toMatchObject({ name: 'nano', base: { name: 'debian-13' } });
  const told = recordingContext();
  why({ flavour: 'nano', query: 'dracut', json: true }, told.context);
  expect(JSON.parse(told.output())).toMatchObject({ found: [{ kind: 'package', name: 'dracut' }] });
  expect(() => why({ flavour: 'nano', query: 'dracutt' }, told.context)).toThrow(
    /nothing in nano on debian-13 is called `dracutt`/,
  );
});
