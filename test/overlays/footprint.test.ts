import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkout, resolveShipped } from '../render/shipped.ts';

/** Rows of the table of the service diet: unit, where it is started by default, and what it is here. */
const rows = readFileSync(path.join(checkout, 'overlays/footprint/README.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [unit = '', byDefault = '', here = ''] = line.replace(/^\| /, '').split(' | ');
    const name = /^`([^`]+\.(?:service|socket|timer))`$/.exec(unit)?.[1];
    return name === undefined ? [] : [{ name, byDefault, here }];
  });

const headless = ['debian-13', 'fedora-44'].map((base) => resolveShipped('headless', base));
const claims = (name: string) =>
  headless.flatMap(({ units }) => units.filter((unit) => unit.name === name).map(({ preset }) => preset));

test('the table has what the three default installations start', () => {
  expect(rows.length).toBeGreaterThan(50);
  expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
  for (const { byDefault } of rows) expect(byDefault).toMatch(/Fedora|Debian|both|neither/);
});

describe.each(rows)('$name: $here', ({ name, here }) => {
  test('is what the flavours say', () => {
    const package_ = name.replace(/\.\w+$/, '');
    if (here === 'off' || here === 'socket') {
      expect(claims(name).length).toBeGreaterThan(0);
      expect(claims(name).filter((preset) => preset === 'enable')).toEqual([]);
    } else if (here.startsWith('kept')) {
      expect(claims(name).filter((preset) => preset !== 'enable')).toEqual([]);
    } else if (here === 'left out') {
      expect(claims(name).filter((preset) => preset === 'enable')).toEqual([]);
      const installed = headless.flatMap(({ packages }) => packages.map((one) => one.name));
      expect(installed).not.toContain(package_);
    } else {
      expect(['on demand', 'with the first guest']).toContain(here);
    }
  });
});

test('every unit that this component switches off is in the table', () => {
  const told = new Set(rows.map(({ name }) => name));
  const own = headless
    .flatMap(({ units }) => units)
    .filter(({ by, preset }) => by === 'footprint' && preset === 'disable')
    .map(({ name }) => name);
  // Names of one thing: dnf and dnf5, a service and its socket.
  const missing = own.filter((name) => !told.has(name) && !/^dnf5|e2scrub_reap|oomd\.socket$/.test(name));
  expect(missing).toEqual([]);
});
