import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { ComponentFile } from '../../scripts/flavour/source-files.ts';
import { checkout } from '../render/shipped.ts';
import { headlessWith } from './headless-with.ts';

const { settings = [] } = parse(
  readFileSync(path.join(checkout, 'overlays/tuning/component.yaml'), 'utf8'),
) as ComponentFile;

const options = {
  plain: {},
  server: { power: 'server' },
  laptop: { power: 'laptop' },
  merging: { mergePages: true },
};
const systems = Object.fromEntries(
  Object.entries(options).map(([name, tuning]) => [name, headlessWith({ options: { tuning } })]),
);

/** Everything that sets a value: our files' lines without comments, and kernel arguments. */
function settingLines(name: string): string[] {
  const flavour = systems[name];
  if (!flavour) throw new Error(name);
  const texts = flavour.files
    .filter(({ by }) => by === 'tuning')
    .filter(({ path: file }) => !file.includes('/phyllome/doctor.d/'))
    .flatMap(({ content }) => ('text' in content ? content.text.split('\n') : []));
  return [...texts.filter((line) => !line.startsWith('#')), ...flavour.kernelArguments.map(({ argument }) => argument)];
}

/** The system in which a setting holds. */
function systemFor(when: object | undefined): string {
  const asked = JSON.stringify(when ?? {});
  const name = Object.entries(options).find(([, tuning]) => JSON.stringify(tuning) === asked)?.[0];
  if (name === undefined) throw new Error(`no system for ${asked}`);
  return name;
}

test.each(settings.map((entry) => [entry.setting, entry] as const))(
  '%s of the table is what the files set',
  (_, entry) => {
    const { setting, value, when } = entry;
    // A unit writes the reserve, as a condition on memory goes with it.
    if (setting === 'vm.min_free_kbytes') {
      expect(settingLines('plain').join('\n')).toContain(`echo ${value} > /proc/sys/vm/min_free_kbytes`);
      return;
    }
    const module = /^kvm\.(\w+)$/.exec(setting)?.[1];
    const spellings = [
      `${setting} = ${value}`,
      `-${setting} = ${value}`,
      `${setting}=${value}`,
      `w ${setting} - - - - ${value}`,
      `options kvm ${module}=${value}`,
    ];
    const set = (line: string) => spellings.includes(line) || line.includes(`ATTR{${setting}}="${value}"`);
    expect(settingLines(systemFor(when)).filter(set)).toHaveLength(1);
    // What is said under a condition is not set without it.
    if (when !== undefined) expect(settingLines('plain').filter(set)).toEqual([]);
  },
);

test('what the files set is in the table', () => {
  const told = new Set(settings.map(({ setting }) => setting));
  const set = Object.keys(options)
    .flatMap(settingLines)
    .flatMap(
      (line) => /^-?([a-z0-9_]+(?:[./][A-Za-z0-9_-]+)+) = /.exec(line)?.[1] ?? /^w (\S+) /.exec(line)?.[1] ?? [],
    );
  expect(set.length).toBeGreaterThan(10);
  expect(set.filter((name) => !told.has(name))).toEqual([]);
});

test('huge pages, isolated processors and single threads reach the kernel', () => {
  const tuning = { hugePages: 8, isolatedProcessors: '4-7', simultaneousThreads: false };
  const given = headlessWith({ options: { tuning } }).kernelArguments.map(({ argument }) => argument);
  expect(given).toEqual(
    expect.arrayContaining([
      ...['default_hugepagesz=1G', 'hugepagesz=1G', 'hugepages=8', 'mitigations=auto,nosmt'],
      ...['isolcpus=managed_irq,domain,4-7', 'nohz_full=4-7', 'rcu_nocbs=4-7'],
    ]),
  );
  // The number counts pages of the size before it.
  expect(given.indexOf('hugepagesz=1G')).toBeLessThan(given.indexOf('hugepages=8'));
  expect(() => headlessWith({ options: { tuning: { power: 'laptop', isolatedProcessors: '1' } } })).toThrow(
    'isolated processors never rest',
  );
  expect(() => headlessWith({ options: { tuning: { isolatedProcessors: '1 init=/bin/sh' } } })).toThrow();
});
