import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Check } from '../../scripts/checks/index.ts';
import { run as diff } from '../../scripts/commands/diff.ts';
import { run as list } from '../../scripts/commands/list.ts';
import { run as newFile } from '../../scripts/commands/new.ts';
import { run as why } from '../../scripts/commands/why.ts';
import { resolveFlavour } from '../../scripts/flavour/index.ts';
import { directoriesOf } from '../../scripts/prepare/index.ts';
import { type Example, outcomeOf, wantedOf } from '../checks/examples/index.ts';
import { checkout } from '../render/shipped.ts';
import { recordingContext, scratchDirectory } from './recording-context.ts';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUm ada@example';

test('a new flavour lies in a directory that is made for it, is listed, and is what it extends', () => {
  const mine = path.join(scratchDirectory(), 'mine');
  const { context, output } = recordingContext([mine]);
  newFile({ flavour: 'my-host', from: 'nano' }, context);
  expect(output()).toBe(path.join(mine, 'flavours/my-host.yaml'));
  list({}, context);
  expect(output()).toMatch(/my-host +nano, with my own changes \(mine\/flavours\/my-host.yaml\)/);
  const directories = directoriesOf(context.places);
  const { flavour, diagnostics } = resolveFlavour({ name: 'my-host', directories });
  expect(diagnostics).toEqual([]);
  const nano = resolveFlavour({ name: 'nano', directories }).flavour;
  expect(flavour?.packages).toEqual(nano?.packages);
});

test('what its comments show is what can be said', () => {
  const mine = path.join(scratchDirectory(), 'mine');
  const { context } = recordingContext([mine]);
  newFile({ flavour: 'my-host', from: 'headless' }, context);
  const file = path.join(mine, 'flavours/my-host.yaml');
  const text = readFileSync(file, 'utf8')
    .replaceAll(/^#(?=\S| {2})/gm, '')
    .replace('~/.ssh/id_ed25519.pub', '../key.pub');
  writeFileSync(path.join(mine, '../key.pub'), KEY);
  writeFileSync(file, text);
  mkdirSync(path.join(mine, 'my-files'));
  const { flavour, diagnostics } = resolveFlavour({ name: 'my-host', directories: directoriesOf(context.places) });
  expect(diagnostics).toEqual([]);
  expect(flavour?.users.map(({ name }) => name)).toEqual(['ada']);
});

test.each([
  ['headless', 'headless', /there is a flavour `headless` already/],
  ['My', 'headless', /`My` cannot be a flavour's name/],
  ['mine', 'headles', /there is no flavour `headles`/],
])('`new %s --from %s` is refused', (name, from, message) => {
  expect(() => newFile({ flavour: name, from }, recordingContext([scratchDirectory()]).context)).toThrow(message);
});

test('without a directory, and with one that is not there, nothing is done', () => {
  expect(() => newFile({ flavour: 'mine', from: 'headless' }, recordingContext().context)).toThrow(/say where/);
  expect(() => directoriesOf(recordingContext(['/nowhere/at/all']).context.places)).toThrow(/no such directory/);
});

test('an overlay of the user comes before one of the checkout with that name', () => {
  const mine = scratchDirectory();
  mkdirSync(path.join(mine, 'overlays/console'), { recursive: true });
  writeFileSync(path.join(mine, 'overlays/console/component.yaml'), 'component: console\nsummary: my own console\n');
  const directories = directoriesOf(recordingContext([mine]).context.places);
  const { flavour } = resolveFlavour({ name: 'nano', directories });
  expect(flavour?.components.find(({ name }) => name === 'console')?.summary).toBe('my own console');
});

test('the flavour of the README is what it says, and diff and why tell so', async () => {
  const text = /```yaml\n(flavour: my-host\n[\s\S]*?)```/.exec(
    readFileSync(path.join(checkout, 'README.md'), 'utf8'),
  )?.[1];
  const mine = path.join(scratchDirectory(), 'mine');
  const { context, output } = recordingContext([mine]);
  newFile({ flavour: 'my-host', from: 'headless' }, context);
  writeFileSync(path.join(mine, 'flavours/my-host.yaml'), (text ?? '').replace('~/.ssh/id_ed25519.pub', '../key.pub'));
  writeFileSync(path.join(mine, '../key.pub'), KEY);
  await diff({ a: 'headless', b: 'my-host' }, context);
  for (const line of ['cockpit-machines', 'ada: --groups=libvirt,sudo', '20-phyllome-bridge.network']) {
    expect(output()).toContain(line);
  }
  // What else differs is the name that the system gives itself.
  expect(output()).not.toMatch(/^ {2}-|^ {2}~ (?!\/usr\/lib\/phyllome\/os-release:)|firmware/m);
  for (const query of ['cockpit-machines', '192.0.2.10', 'ada']) why({ flavour: 'my-host', query }, context);
  expect(output()).toMatch(/component `cockpit` is asked for by flavour my-host\n.*flavours\/my-host.yaml:5/);
  expect(output()).toMatch(/option network-bridge.address\n.*"192.0.2.10\/24", set here.*\n.*my-host.yaml:8/);
  expect(output()).toMatch(/user ada\n.*flavour my-host adds `ada`/);
});

test('a new component resolves as it is, and so does what its comments show', () => {
  const mine = scratchDirectory();
  const { context, output } = recordingContext([mine]);
  newFile({ component: 'my-tool', from: 'headless' }, context);
  const file = path.join(mine, 'overlays/my-tool/component.yaml');
  expect(output()).toBe(file);
  mkdirSync(path.join(mine, 'flavours'));
  writeFileSync(
    path.join(mine, 'flavours/my-host.yaml'),
    'flavour: my-host\nsummary: with it\nextends: headless\ncomponents: {add: [my-tool]}\n',
  );
  const resolved = () => resolveFlavour({ name: 'my-host', directories: directoriesOf(context.places) });
  expect(resolved().diagnostics).toEqual([]);
  expect(resolved().flavour?.components.map(({ name }) => name)).toContain('my-tool');

  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/^#(?=\S| {2})/gm, ''));
  const folder = path.dirname(file);
  mkdirSync(path.join(folder, 'rootfs/etc'), { recursive: true });
  writeFileSync(path.join(folder, 'rootfs/etc/my-tool.conf'), '');
  writeFileSync(path.join(folder, 'prepare.sh'), 'true\n');
  expect(resolved().diagnostics).toEqual([]);
  const { flavour } = resolved();
  expect(flavour?.packages.map(({ name }) => name)).toContain('iproute2');
  expect(flavour?.checks).toContain('no-failed-units');
});

test('in the checkout a component names its schema by a path that holds in every clone', () => {
  const copy = scratchDirectory();
  const { context } = recordingContext([copy]);
  newFile({ component: 'my-tool', from: 'headless' }, { ...context, places: { ...context.places, checkout: copy } });
  const text = readFileSync(path.join(copy, 'overlays/my-tool/component.yaml'), 'utf8');
  expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=../../kickstarts/schema/component.schema.json');
});

test('a new check is formatted, typed, and says of its examples what they tell', { timeout: 120_000 }, async () => {
  const copy = scratchDirectory();
  // Folders that are written to are folders; everything else is the checkout's own.
  for (const folder of ['', 'scripts', 'scripts/checks', 'test', 'test/checks', 'test/checks/examples']) {
    mkdirSync(path.join(copy, folder), { recursive: true });
    for (const name of readdirSync(path.join(checkout, folder))) {
      const isWritten = ['scripts', 'test', 'checks', 'examples', 'tsconfig.json'].includes(name);
      if (!isWritten) symlinkSync(path.join(checkout, folder, name), path.join(copy, folder, name));
    }
  }
  const { context, output } = recordingContext();
  newFile({ check: 'my-own-check', from: 'headless' }, { ...context, places: { ...context.places, checkout: copy } });
  const files = output().split('\n');
  expect(files.map((file) => path.relative(copy, file))).toEqual([
    'scripts/checks/my-own-check.ts',
    'test/checks/examples/my-own-check.ts',
  ]);
  const config = { extends: path.join(checkout, 'tsconfig.json'), include: [], files };
  writeFileSync(path.join(copy, 'tsconfig.json'), JSON.stringify(config));
  execFileSync(path.join(checkout, 'node_modules/.bin/tsc'), ['-p', copy]);
  for (const file of files) {
    const name = path.join(checkout, path.relative(copy, file));
    const formatted = execFileSync(
      path.join(checkout, 'node_modules/.bin/biome'),
      ['check', '--write', `--stdin-file-path=${name}`],
      { input: readFileSync(file), cwd: checkout, encoding: 'utf8' },
    );
    expect(formatted).toBe(readFileSync(file, 'utf8'));
  }
  const { myOwnCheck } = (await import(files[0] ?? '')) as { readonly myOwnCheck: Check };
  const { myOwnCheckExamples } = (await import(files[1] ?? '')) as { readonly myOwnCheckExamples: readonly Example[] };
  expect(myOwnCheckExamples.map(({ of }) => of)).toEqual([myOwnCheck.id, myOwnCheck.id]);
  const said = await Promise.all(myOwnCheckExamples.map((example) => outcomeOf(myOwnCheck, example, () => {})));
  expect(said).toEqual(myOwnCheckExamples.map(wantedOf));
  expect(said.map((words) => words.split(':')[0])).toEqual(['passed', 'failed']);
});

test.each([
  [{}, /say the name of one/],
  [{ flavour: 'a', component: 'b' }, /say the name of one/],
  [{ component: 'a', check: 'b' }, /say the name of one/],
  [{ component: 'ssh' }, /there is a component `ssh` already/],
  [{ component: 'My' }, /`My` cannot be a component's name/],
  [{ check: 'kvm-nested' }, /there is a check `kvm-nested` already/],
  [{ check: '1st' }, /`1st` cannot be a check's name/],
  [{ check: '../x' }, /cannot be a check's name/],
])('%j begins nothing', (asked, message) => {
  const { context, output } = recordingContext([scratchDirectory()]);
  expect(() => newFile({ from: 'headless', ...asked }, context)).toThrow(message);
  expect(output()).toBe('');
});
