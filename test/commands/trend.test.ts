import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { run as trend } from '../../scripts/commands/trend.ts';
import type { Release } from '../../scripts/dossier/index.ts';
import { drawing, PICTURE, plotsOf } from '../../scripts/report/trend/plots.ts';
import { buildDirectory, type SampleChange } from '../dossier/build-sample.ts';
import { recordingContext, scratchDirectory } from './recording-context.ts';

interface Tested {
  readonly idleMiB?: number;
  readonly verdict?: 'passed' | 'failed';
  readonly processors?: number;
}

/** A release: a build, with tests by name. */
function release(tests: Readonly<Record<string, Tested>>, change: SampleChange = {}): string {
  const directory = buildDirectory(change);
  for (const [name, { idleMiB = 130, verdict = 'passed', processors = 2 }] of Object.entries(tests)) {
    const place = path.join(directory, 'test', name);
    mkdirSync(place, { recursive: true });
    const results = {
      verdict,
      image: { sha256: 'a'.repeat(64) },
      booted: true,
      accelerator: { chosen: 'tcg' },
      topology: { processors, memoryMiB: 2048, firmware: 'bios' },
      timings: { settledMs: 9000, guest: { kernelMs: 1000, initramfsMs: 2000, userspaceMs: 3500 } },
      checks: [
        { id: 'idle-memory', status: 'passed', values: { usedMiB: idleMiB } },
        { id: 'running-services', status: 'passed', values: { count: 9 } },
      ],
      diagnostics: verdict === 'failed' ? [{ code: 'kernel-panic' }] : [],
      evidence: { listening: [] },
    };
    writeFileSync(path.join(place, 'results.json'), JSON.stringify(results));
  }
  return directory;
}

async function told(builds: readonly string[], how: { json?: true; html?: string } = {}): Promise<string> {
  const { context, output } = recordingContext();
  await trend({ builds, ...how }, context);
  return output();
}

const numbers = async (builds: readonly string[]) =>
  JSON.parse(await told(builds, { json: true })) as readonly Release[];

describe('numbers of releases', () => {
  test('are those of the build, and of the first test that all have', async () => {
    const builds = [release({ bios: { idleMiB: 150 }, uefi: { idleMiB: 140 } }), release({ uefi: { idleMiB: 120 } })];
    const [first, second] = await numbers(builds);
    expect(first).toEqual({
      name: builds[0],
      flavour: 'small',
      base: 'debian-13',
      packagesOf: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string,
      imageBytes: 3,
      installedBytes: 44,
      initramfsBytes: 1024,
      packages: 5,
      enabledUnits: 1,
      measuredBy: 'uefi',
      machine: 'tcg bios 2 2048',
      idleMiB: 140,
      services: 9,
      phases: { kernelMs: 1000, initramfsMs: 2000, userspaceMs: 3500 },
      verdicts: [
        { name: 'bios', verdict: 'passed', wrong: [] },
        { name: 'uefi', verdict: 'passed', wrong: [] },
      ],
    });
    expect(second).toMatchObject({ measuredBy: 'uefi', idleMiB: 120 });
  });

  test('leave out what nobody knows, and do not take it for nothing', async () => {
    const unknown = release({}, { withoutDossier: true, manifest: { unknown: ['packages', 'sizes'] } });
    expect(await numbers([unknown])).toEqual([
      { name: unknown, flavour: 'small', base: 'debian-13', imageBytes: 3, verdicts: [] },
    ]);
    expect(await told([unknown])).toMatch(/^\S+ +- +0\.0 KiB +- +- +- +- +- +-$/m);
  });

  test('say where they are no comparison', async () => {
    const builds = [release({ bios: {} }), release({ bios: { processors: 4 } }, { manifest: { base: 'debian-14' } })];
    const text = await told(builds);
    expect(text).toContain('These are small on debian-13, small on debian-14: not one image over time.');
    expect(text).toContain('Machines differed (tcg bios 2 2048; tcg bios 4 2048)');
    expect(text).toContain('Memory, services and boot are those of test bios.');
    expect(await told([builds[0] ?? ''])).not.toContain('differed');
  });

  test('name tests that failed', async () => {
    const text = await told([release({ bios: {}, uefi: { verdict: 'failed' } })]);
    expect(text).toContain('1 of 2 passed; failed: uefi');
  });
});

describe('plots', () => {
  const base = { name: 'r', flavour: 'small', base: 'debian-13', verdicts: [] };
  const releases: readonly Release[] = [
    { ...base, packages: 100, idleMiB: 120 },
    { ...base, packages: 200 },
    { ...base, packages: 400, idleMiB: 140 },
    { ...base, packages: 300, idleMiB: 130 },
  ];
  const plot = (title: string) => {
    const found = plotsOf(releases).find((one) => one.title === title);
    if (found === undefined) throw new Error(`no plot ${title}`);
    return drawing(found, releases);
  };

  test('are those of which something is known', () => {
    expect(plotsOf(releases).map(({ title }) => title)).toEqual(['Packages', 'Memory at idle']);
  });

  test('go from zero, over all of the width, up to a round number', () => {
    const { grid, lines } = plot('Packages');
    expect(grid.map(({ label }) => label)).toEqual(['0', '100', '200', '300', '400']);
    const dots = lines[0]?.dots ?? [];
    expect(dots.map(({ x }) => x).filter((_, at) => at % 3 === 0)).toEqual([
      PICTURE.left,
      PICTURE.width - PICTURE.right,
    ]);
    expect(dots[2]?.y).toBe(PICTURE.top);
    expect(dots[1]?.y).toBe((PICTURE.top + PICTURE.height - PICTURE.bottom) / 2);
    expect(lines[0]?.last).toBe('300');
  });

  test('have a gap where nothing is known', () => {
    const [line] = plot('Memory at idle').lines;
    expect(line?.dots).toHaveLength(3);
    expect(line?.pieces).toHaveLength(1);
    expect(line?.dots[0]?.label).toBe('r: used 120 MiB');
  });

  test('of one release, or of noughts, are pictures too', () => {
    const one = [{ ...base, packages: 0 }];
    const text = JSON.stringify(plotsOf(one).map((each) => drawing(each, one)));
    expect(text).not.toMatch(/null|NaN|Infinity/);
  });
});

test('the page needs nothing from elsewhere, and names of directories stay text', async () => {
  const hostile = path.join(scratchDirectory(), '<script>alert(1)');
  renameSync(release({ bios: {} }), hostile);
  const html = path.join(scratchDirectory(), 'pages', 'trend.html');
  const { context, output } = recordingContext();
  await trend({ builds: [hostile, release({ bios: {} })], html }, context);
  expect(output()).toBe('');
  const page = readFileSync(html, 'utf8');
  expect(page).not.toMatch(/<script|(?:src|href)="(?!data:)[^"]*"|url\(|@import|NaN|undefined/);
  expect(page).toContain('&lt;script&gt;alert(1)');
  expect(page.match(/<svg /g)?.length).toBe(5);
  expect(page).toContain('<td>1 of 1 passed</td>');
});

test('what is no build, and what goes together badly, is told, and nothing is written', async () => {
  const build = release({});
  const html = path.join(scratchDirectory(), 'trend.html');
  await expect(told([])).rejects.toThrow('which releases?');
  await expect(told([build, '/nowhere'], { html })).rejects.toThrow('/nowhere is no build');
  await expect(told([build], { html, json: true })).rejects.toThrow('for programs');
  expect(existsSync(html)).toBe(false);
});
