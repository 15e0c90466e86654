import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { differencesFrom, readFolder } from '../../scripts/committed-set/index.ts';
import { specimens } from '../../scripts/committed-set/specimens.ts';
import { checkout, shipped, shippedSet } from '../render/shipped.ts';
import { expectRead } from './expect-read.ts';

const folder = path.join(checkout, 'test/golden');
const files = [...readFolder(folder)];
const below = (start: string) => files.filter(([file]) => file.startsWith(`${start}/`));
const linesOf = (text: string): number => text.split('\n').length - 1;

/** A limit for hangs: all that is shipped is rendered here, once. */
beforeAll(() => void shippedSet(), 300_000);

test('what is committed is what is rendered', () => {
  expect(differencesFrom(readFolder(folder), shippedSet())).toEqual([]);
});

test('every kickstart is told by what is committed of it', () => {
  expectRead(shippedSet());
});

test('it is short enough to be read', () => {
  expect(below('whole').length).toBe(specimens.length);
  expect(specimens.length).toBeLessThanOrEqual(10);
  for (const [file, text] of [...below('system'), ...below('files')])
    expect(linesOf(text), file).toBeLessThanOrEqual(160);
  const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
  expect(sum(files.map(([, text]) => linesOf(text)))).toBeLessThan(15_000);
  expect(sum(files.map(([, text]) => Buffer.byteLength(text)))).toBeLessThan(1_000_000);
});

test('every kickstart has its checksum', () => {
  const index = files.find(([file]) => file === 'kickstarts.txt')?.[1] ?? '';
  for (const [flavour, base] of shipped)
    expect(index).toMatch(new RegExp(`^${flavour}\\.${base}\\.ks [0-9a-f]{64} `, 'm'));
});

test('kickstarts that are committed whole are of different editions, and hold every script', () => {
  const { records } = shippedSet();
  const whole = specimens.map(({ flavour, base, purpose }) => {
    const record = records.find(
      ({ rendered: one }) => one.flavour.name === flavour && one.flavour.base.name === base && one.purpose === purpose,
    );
    if (!record) throw new Error(`nothing renders ${flavour} on ${base} for ${purpose}`);
    return record;
  });
  expect(new Set(whole.map(({ rendered }) => rendered.flavour.at.file)).size).toBe(whole.length);
  const held = new Set(whole.flatMap(({ profile }) => [...profile.scripts.values()]));
  const missing = records.flatMap(({ profile, file }) =>
    [...profile.scripts].filter(([, text]) => !held.has(text)).map(([title]) => `${title} of ${file}`),
  );
  expect(missing).toEqual([]);
  const families = new Set(whole.map(({ rendered }) => rendered.flavour.base.family));
  expect([...families].sort()).toEqual(['deb', 'rpm']);
});

test('a text stands once: those of overlays in their folder, those of templates in texts', () => {
  const texts = below('texts').map(([file, text]) => [file.replace(/\/[^/]*$/, ''), text].join('\n'));
  expect(new Set(texts).size).toBe(texts.length);
  const doctor = '/usr/bin/phyllome-doctor';
  expect(files.filter(([, text]) => text.includes('usage() {')).map(([file]) => file)).toEqual([]);
  for (const [file, text] of below('whole')) {
    expect(text, file).toMatch(
      new RegExp(
        `^put ${doctor} 0755 root:root <<'EOF'\\n# overlays/doctor/rootfs${doctor}, \\d+ lines, sha256:[0-9a-f]{16}\\nEOF$`,
        'm',
      ),
    );
  }
});

test.each([
  ['base', 4],
  ['qemu', 3],
  ['desktop', 1],
])('a package of component %s stands in %d summaries: no edition repeats what it extends', (component, expected) => {
  expect(below('system').filter(([, text]) => text.includes(`\n  ${component}: `)).length).toBe(expected);
});
