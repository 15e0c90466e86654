import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { run as diff } from '../../scripts/commands/diff.ts';
import { run as list } from '../../scripts/commands/list.ts';
import { run as newFlavour } from '../../scripts/commands/new.ts';
import { run as why } from '../../scripts/commands/why.ts';
import { resolveFlavour } from '../../scripts/flavour/index.ts';
import { directoriesOf } from '../../scripts/prepare/index.ts';
import { checkout } from '../render/shipped.ts';
import { recordingContext, scratchDirectory } from './recording-context.ts';

test('a new flavour lies in a directory that is made for it, is listed, and is what it extends', () => {
  const mine = path.join(scratchDirectory(), 'mine');
  const { context, output } = recordingContext([mine]);
  newFlavour({ flavour: 'my-host', from: 'nano' }, context);
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
  const mine = scratchDirectory();
  const { context } = recordingContext([mine]);
  newFlavour({ flavour: 'my-host', from: 'headless' }, context);
  const file = path.join(mine, 'flavours/my-host.yaml');
  const text = readFileSync(file, 'utf8')
    .replaceAll(/^#(?=\S| {2})/gm, '')
    .replace('AAAA… ada@example', 'A'.repeat(68));
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
  expect(() => newFlavour({ flavour: name, from }, recordingContext([scratchDirectory()]).context)).toThrow(message);
});

test('without a directory, and with one that is not there, nothing is done', () => {
  expect(() => newFlavour({ flavour: 'mine', from: 'headless' }, recordingContext().context)).toThrow(/say where/);
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
  const mine = scratchDirectory();
  const { context, output } = recordingContext([mine]);
  newFlavour({ flavour: 'my-host', from: 'headless' }, context);
  writeFileSync(
    path.join(mine, 'flavours/my-host.yaml'),
    (text ?? '').replace('AAAA… ada@example', `${'A'.repeat(68)} ada@example`),
  );
  await diff({ a: 'headless', b: 'my-host' }, context);
  for (const line of ['cockpit-machines', 'user: --name=ada --groups=libvirt,sudo', '20-phyllome-bridge.network']) {
    expect(output()).toContain(line);
  }
  expect(output()).not.toMatch(/^ {2}[~-]|firmware/m);
  for (const query of ['cockpit-machines', '192.0.2.10', 'ada']) why({ flavour: 'my-host', query }, context);
  expect(output()).toMatch(/component `cockpit` is asked for by flavour my-host\n.*flavours\/my-host.yaml:5/);
  expect(output()).toMatch(/option network-bridge.address\n.*"192.0.2.10\/24", set here.*\n.*my-host.yaml:8/);
  expect(output()).toMatch(/user ada\n.*flavour my-host adds `ada`/);
});
