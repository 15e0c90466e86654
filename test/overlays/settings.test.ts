import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { ComponentFile } from '../../scripts/flavour/index.ts';
import { checkout } from '../render/shipped.ts';
import { headlessWith } from './headless-with.ts';

const documented = ['console', 'tuning', 'qemu', 'protection'] as const;

const settings = documented.flatMap((component) => {
  const file = path.join(checkout, 'overlays', component, 'component.yaml');
  const { settings: entries = [] } = parse(readFileSync(file, 'utf8')) as ComponentFile;
  return entries.map((entry) => ({ component, ...entry }));
});

/** headless with each set of options that a setting depends on. */
const systems = new Map(
  settings.map(({ component, when = {} }) => {
    const options = { [component]: when };
    return [JSON.stringify(options), headlessWith({ options })] as const;
  }),
);

/** Everything that sets a value: our files' lines without comments, and kernel arguments. */
function settingLines(component: string, when: object = {}): string[] {
  const flavour = systems.get(JSON.stringify({ [component]: when }));
  if (!flavour) throw new Error(`no system for ${component}`);
  const texts = flavour.files
    .filter(({ by, path: file }) => by === component && !file.includes('/phyllome/doctor.d/'))
    .flatMap(({ content }) => ('text' in content ? content.text.split('\n') : []));
  return [...texts.filter((line) => !line.startsWith('#')), ...flavour.kernelArguments.map(({ argument }) => argument)];
}

test.each(settings.map((entry) => [entry.setting, entry] as const))(
  '%s of the table is what the files set',
  (_, entry) => {
    const { component, setting, value, when } = entry;
    // A unit writes the reserve, as a condition on memory goes with it.
    if (setting === 'vm.min_free_kbytes') {
      expect(settingLines(component).join('\n')).toContain(`echo ${value} > /proc/sys/vm/min_free_kbytes`);
      return;
    }
    const [module, parameter] = setting.split('.');
    const spellings = [
      `${setting} = ${value}`,
      `-${setting} = ${value}`,
      `${setting}=${value}`,
      `w ${setting} - - - - ${value}`,
    ];
    const set = (line: string) =>
      spellings.includes(line) ||
      line.includes(`ATTR{${setting}}="${value}"`) ||
      (line.startsWith(`options ${module} `) && line.split(' ').includes(`${parameter}=${value}`));
    expect(settingLines(component, when).filter(set)).toHaveLength(1);
    // What is said under a condition is not set without it.
    if (when !== undefined) expect(settingLines(component).filter(set)).toEqual([]);
  },
);

test.each(documented)('what the files of %s set is in the table', (component) => {
  const told = new Set(settings.map(({ setting }) => setting));
  const lines = [...systems.keys()].flatMap((key) => {
    const [[name, when] = ['', {}]] = Object.entries(JSON.parse(key) as Record<string, object>);
    return name === component ? settingLines(component, when) : [];
  });
  const set = lines.flatMap((line) => {
    const [, module, given = ''] = /^options (\S+) (.*)/.exec(line) ?? [];
    if (module !== undefined) return given.split(' ').map((one) => `${module}.${one.split('=')[0]}`);
    return /^-?([a-z0-9_]+(?:[./][A-Za-z0-9_*-]+)+) = /.exec(line)?.[1] ?? /^w (\S+) /.exec(line)?.[1] ?? [];
  });
  expect(set.length).toBeGreaterThan(0);
  // What goes with a setting and has no meaning without it.
  expect(set.filter((name) => !told.has(name) && name !== 'kvm.report_ignored_msrs')).toEqual([]);
});

test('huge pages, isolated processors and single threads reach the kernel', () => {
  const tuning = { hugePages: 8, isolatedProcessors: '4-7', simultaneousThreads: false };
  const given = headlessWith({ options: { tuning } }).kernelArguments.map(({ argument }) => argument);
  expect(given).toEqual(
    expect.arrayContaining([
      'default_hugepagesz=1G',
      'hugepagesz=1G',
      'hugepages=8',
      'mitigations=auto,nosmt',
      'isolcpus=managed_irq,domain,4-7',
      'nohz_full=4-7',
      'rcu_nocbs=4-7',
    ]),
  );
  // The number counts pages of the size before it.
  expect(given.indexOf('hugepagesz=1G')).toBeLessThan(given.indexOf('hugepages=8'));
  expect(() => headlessWith({ options: { tuning: { power: 'laptop', isolatedProcessors: '1' } } })).toThrow(
    'isolated processors never rest',
  );
  expect(() => headlessWith({ options: { tuning: { isolatedProcessors: '1 init=/bin/sh' } } })).toThrow();
});
