import { expect, test } from 'vitest';
import type { ResolvedUnit } from '../../scripts/flavour/index.ts';
import type { EmbeddedFile } from '../../scripts/render/embedded-file.ts';
import { presetFiles } from '../../scripts/render/preset-file.ts';
import { at, resolved } from './sourced.ts';

function unit(name: string, line: number, more: Partial<ResolvedUnit> = {}): ResolvedUnit {
  return {
    name,
    logical: name,
    mapped: at(1),
    preset: 'enable',
    reason: `line ${line} wants it`,
    by: 'core',
    at: at(line),
    ...more,
  };
}

/** One object, as the entry of a component that names two units has one place. */
const pair = at(3);
const units = [
  unit('one.service', 2),
  unit('two.socket', 3, { at: pair }),
  unit('three.socket', 3, { at: pair, preset: 'mask' }),
  unit('four.service', 5, { by: 'other', preset: 'disable' }),
];

const small = () => ({ ...resolved(), at: at(1, 'small.yaml'), units, userUnits: [] });

const textOf = (file: EmbeddedFile | undefined) => (file && 'text' in file.content ? file.content.text : '');

test('a preset names each unit below its component and reason; a masked one is at least disabled', () => {
  const [system] = presetFiles(small());
  expect(textOf(system)).toBe(`# Units of the flavour small, and why. An administrator's file in /etc comes first.

# --- core
# line 2 wants it
enable one.service
# line 3 wants it
enable two.socket
disable three.socket

# --- other
# line 5 wants it
disable four.service
`);
  expect(system).toMatchObject({
    path: '/usr/lib/systemd/system-preset/50-phyllome.preset',
    mode: '0644',
    owner: 'root',
    group: 'root',
  });
});

test('each line comes from the entry that it is about', () => {
  const [system] = presetFiles(small());
  const lines = textOf(system).split('\n').slice(0, -1);
  const places = lines.map((_, index) => system?.placeOfLine(index + 1));
  expect(places.map((place) => `${place?.file}:${place?.line}`)).toEqual([
    'small.yaml:1',
    'source.yaml:2',
    'source.yaml:2',
    'source.yaml:2',
    'source.yaml:2',
    'source.yaml:3',
    'source.yaml:3',
    'source.yaml:3',
    'source.yaml:5',
    'source.yaml:5',
    'source.yaml:5',
    'source.yaml:5',
  ]);
  expect(system?.placeOfLine(99)).toEqual({ file: 'small.yaml', line: 1 });
});

test('Debian has no last line of its own, and gets one', () => {
  const files = presetFiles(small());
  expect(files.map(({ path }) => path)).toEqual([
    '/usr/lib/systemd/system-preset/50-phyllome.preset',
    '/usr/lib/systemd/system-preset/99-phyllome.preset',
  ]);
  expect(textOf(files[1])).toBe(
    '# Debian has no last line of its own: without this one, a unit that nobody names would be enabled.\ndisable *\n',
  );
  expect(files[1]?.placeOfLine(2)).toEqual({ file: 'small.yaml', line: 1 });
  const fedora = { ...small(), base: { ...small().base, family: 'rpm' as const } };
  expect(presetFiles(fedora).map(({ path }) => path)).toEqual([files[0]?.path]);
});

test('units of users’ managers have a file of their own, where there are any', () => {
  const [, user] = presetFiles({ ...small(), userUnits: [unit('sound.service', 7)] });
  expect(user?.path).toBe('/usr/lib/systemd/user-preset/50-phyllome.preset');
  expect(
    textOf(user),
  ).toBe(`# Units of each user's manager of the flavour small, and why. An administrator's file in /etc comes first.

# --- core
# line 7 wants it
enable sound.service
`);
});

test('a component that comes again later gets a heading again', () => {
  const again = { ...small(), units: [unit('a', 1), unit('b', 2, { by: 'other' }), unit('c', 3)] };
  expect(textOf(presetFiles(again)[0]).match(/^# --- .*$/gm)).toEqual(['# --- core', '# --- other', '# --- core']);
});
