import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { identifierFile, identifiersStep, placeOf } from '../../../scripts/engines/direct/identifiers.ts';
import { fillIn, fillStep, outputOf } from '../../../scripts/plan/plan.ts';

const scratch = mkdtempSync(path.join(tmpdir(), 'phyllome-identifiers-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** What the step makes of a build with these packages and files. */
function named(lock: string, changes: string, asked = 'headless') {
  const root = mkdtempSync(path.join(scratch, 'build-'));
  const directories = new Map(['resolve', 'configure', 'image'].map((stage) => [stage, path.join(root, stage)]));
  for (const directory of directories.values()) mkdirSync(directory);
  writeFileSync(path.join(root, 'resolve/lock'), lock);
  writeFileSync(path.join(root, 'configure/changes'), changes);
  mkdirSync(path.join(root, 'image/entries'));
  writeFileSync(path.join(root, 'image/fstab'), `PARTUUID=${placeOf('partition-1')} /\n`);
  writeFileSync(path.join(root, 'image/entries/one'), `${placeOf('label')} ${placeOf('partition-1')}\n`);
  const step = fillStep(
    identifiersStep(
      'image',
      [
        { name: 'partition-1', kind: 'uuid' },
        { name: 'partition-2', kind: 'uuid' },
        { name: 'label', kind: { hex: 'PHYLLOME_' } },
      ],
      asked,
      [`${outputOf('image')}/fstab`, `${outputOf('image')}/entries`],
    ),
    directories,
  );
  const [program, ...rest] = step.argv;
  const { status, stderr } = spawnSync(program, rest, { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const value = (name: string) => readFileSync(fillIn(identifierFile('image', name), directories), 'utf8').trim();
  const read = (name: string) => readFileSync(path.join(root, 'image', name), 'utf8');
  return {
    first: value('partition-1'),
    second: value('partition-2'),
    label: value('label'),
    fstab: read('fstab'),
    one: read('entries/one'),
  };
}

test('identifiers are valid, and stand where their places were', () => {
  const { first, second, label, fstab, one } = named('libc6 1', '/etc/hostname a');
  for (const id of [first, second])
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(first).not.toBe(second);
  expect(label).toMatch(/^PHYLLOME_[0-9A-F]{8}$/);
  expect(fstab).toBe(`PARTUUID=${first} /\n`);
  expect(one).toBe(`${label} ${first}\n`);
});

test('the same content has the same identifiers, and any other build has others', () => {
  const build = named('libc6 1', '/etc/hostname a');
  expect(named('libc6 1', '/etc/hostname a')).toEqual(build);
  // A package was updated, a file is another one, the disk is laid out otherwise: the flavour's name is the same.
  const others = [
    named('libc6 2', '/etc/hostname a'),
    named('libc6 1', '/etc/hostname b'),
    named('libc6 1', '/etc/hostname a', 'larger'),
  ];
  const all = [build, ...others];
  for (const key of ['first', 'second', 'label'] as const) expect(new Set(all.map((one) => one[key])).size).toBe(4);
});
