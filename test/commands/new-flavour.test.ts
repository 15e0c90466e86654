import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { list } from '../../scripts/commands/list.ts';
import { newFlavour } from '../../scripts/commands/new-flavour.ts';
import { directoriesOf } from '../../scripts/commands/source-directories.ts';
import { resolveFlavour } from '../../scripts/flavour/index.ts';
import { recordingContext, scratchDirectory } from './recording-context.ts';

test('a new flavour lies in a directory that is made for it, is listed, and is what it extends', () => {
  const mine = path.join(scratchDirectory(), 'mine');
  const { context, output } = recordingContext([mine]);
  newFlavour('my-host', { from: 'nano' }, context);
  expect(output()).toBe(path.join(mine, 'flavours/my-host.yaml'));
  list(context);
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
  newFlavour('my-host', { from: 'headless' }, context);
  const file = path.join(mine, 'flavours/my-host.yaml');
  const text = readFileSync(file, 'utf8')
    .replaceAll(/^#(?=\S| {2})/gm, '')
    .replace('AAAA… ada@example', 'A'.repeat(68));
  writeFileSync(file, text);
  const { flavour, diagnostics } = resolveFlavour({ name: 'my-host', directories: directoriesOf(context.places) });
  expect(diagnostics).toEqual([]);
  expect(flavour?.users.map(({ name }) => name)).toEqual(['ada']);
});

test.each([
  ['headless', 'headless', /there is a flavour `headless` already/],
  ['My', 'headless', /`My` cannot be a flavour's name/],
  ['mine', 'headles', /there is no flavour `headles`/],
])('`new %s --from %s` is refused', (name, from, message) => {
  expect(() => newFlavour(name, { from }, recordingContext([scratchDirectory()]).context)).toThrow(message);
});

test('without a directory, and with one that is not there, nothing is done', () => {
  expect(() => newFlavour('mine', { from: 'headless' }, recordingContext().context)).toThrow(/say where/);
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
