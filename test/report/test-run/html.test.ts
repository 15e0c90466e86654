import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { htmlPage } from '../../../scripts/report/test-run/html/page.ts';
import { phasesOf } from '../../../scripts/report/test-run/html/phases.ts';
import { logText, readRunFiles } from '../../../scripts/report/test-run/html/run-files.ts';
import { buildDirectory } from '../../dossier/build-sample.ts';
import { fullFiles, fullRun, hostile, pixel } from './full-run.ts';
import { sampleRun } from './sample-run.ts';

test('whatever the guest says stays text', async () => {
  const page = await htmlPage(fullRun(), fullFiles());
  expect(page).not.toMatch(/<script|<img src=x|onerror=alert\(1\)>/);
  expect(page).not.toContain(hostile);
  expect(page.match(/&lt;script&gt;alert\(1\)/g)?.length).toBeGreaterThanOrEqual(10);
  // What could be taken for a template is not.
  expect(page).toContain('{{flavour}}');
  expect(page.match(/<\/style>/g)).toHaveLength(1);
});

test('the page needs nothing from elsewhere', async () => {
  const page = await htmlPage(fullRun(), fullFiles());
  expect(page.match(/(?:src|href)="(?!data:)[^"]*"|url\(|@import/g)).toBeNull();
  // Handlebars writes `=` as a character reference.
  expect(page).toContain(`src="data:image/png;base64,${pixel.replaceAll('=', '&#x3D;')}"`);
});

test('it tells everything that the run knows', async () => {
  const page = await htmlPage(fullRun(), fullFiles());
  for (const text of ['kernel-arguments', 'not asked', 'usedMiB', '131', 'multi-user.target', 'fe80::5054', '21.1'])
    expect(page).toContain(text);
  expect(page).toContain('million loops a second');
  expect(page).toContain('<details class="check failed" open>');
  expect(page).toContain('<details class="check passed">');
});

test('what was not asked again, and what is known to fail, is marked as such', async () => {
  const check = { title: 't', proves: 'p', summary: 's', evidence: [], durationMs: 1 };
  const quarantine = { reason: 'a driver', tracker: 'https://example.org/1', expires: '2027-01-01' };
  const run = sampleRun({
    reusedFrom: '2026-11-22T17:00:00.000Z',
    checks: [
      { ...check, id: 'a', status: 'passed', reusedFrom: '2026-11-22T17:00:00.000Z' },
      { ...check, id: 'b', status: 'failed', quarantine },
    ],
  });
  const page = await htmlPage(run, fullFiles());
  expect(page).toContain('reused: nothing that it depends on has changed');
  expect(page).toMatch(/>reused<[\s\S]*reused from 2026-11-22 17:00 UTC/);
  expect(page).toMatch(/<details class="check failed">\s*<summary><span class="status">known/);
  expect(page).toContain('in quarantine until 2027-01-01: a driver');
});

test('what takes how much in the image is told, with what could be left out', async () => {
  const page = await htmlPage(fullRun(), fullFiles());
  expect(page).toContain('90.0 MiB installed, 30.0 MiB compressed');
  expect(page).toContain('left:0;width:33.33%');
  expect(page).toContain('qemu-system-x86, with libcapstone5');
  expect(page).toContain('breaks libvirtd.socket of component libvirt');
  expect(page).toContain('breaks nothing that is asked for: a recommendation brought it');
  expect(page).not.toContain('too-small-to-tell');
  const { size, ...files } = fullFiles();
  if (size === undefined) throw new Error('the sample has no size');
  const unknown = await htmlPage(fullRun(), { ...files, size: { ...size, compressedBy: 'unknown' } });
  expect(unknown).toContain('<small>90.0 MiB installed</small>');
  expect(await htmlPage(fullRun(), files)).not.toContain('id="size"');
});

test('what weakens the image is told with its reason and line, and first what has none', async () => {
  const page = await htmlPage(fullRun(), fullFiles());
  expect(page).toContain('what weakens the image: 3, without a reason 2');
  const section = page.slice(page.indexOf('<section id="posture">'));
  const bare = section.slice(0, section.indexOf('<details>'));
  expect(bare).toContain('nobody gave a reason');
  expect(bare).toContain('for 9.4: short');
  expect(bare).not.toContain('/usr/bin/su');
  const kinds = [...section.slice(0, section.indexOf('</section>')).matchAll(/<summary>(.*?) <small>(\d)/g)];
  expect(kinds.map(([, title, count]) => [title, count])).toEqual([
    ['files by which somebody gets another’s powers, and places that anybody can write to', '1'],
    ['ports that may listen to other machines', '1'],
  ]);
  expect(section).toContain('overlays/ssh/component.yaml:30');
  const { posture: _none, ...files } = fullFiles();
  expect(await htmlPage(fullRun(), files)).not.toContain('id="posture"');
});

test('the size is that of the image that was tested, where its build lies beside it', async () => {
  const image = (file: string, sha256: string) => sampleRun({ image: { file, sha256 } });
  const build = buildDirectory();
  const file = path.join(build, 'small.iso');
  const own = await readRunFiles(image(file, 'a'.repeat(64)), build);
  expect(own.size).toMatchObject({ flavour: 'small' });
  expect(own.posture?.points.map(({ name }) => name)).toContain('ssh.service');
  const { flavour: _mine, ...foreign } = image(file, 'a'.repeat(64));
  for (const other of [image(file, 'b'.repeat(64)), image(path.join(build, 'other.iso'), 'a'.repeat(64)), foreign]) {
    const files = await readRunFiles(other, build);
    expect(files).not.toHaveProperty('size');
    expect(files).not.toHaveProperty('posture');
  }
  await writeFile(path.join(build, 'files.gz'), 'damaged');
  expect(await readRunFiles(image(file, 'a'.repeat(64)), build)).not.toHaveProperty('size');
});

test('a boot that never came far is a page too', async () => {
  const run = sampleRun({ verdict: 'failed', booted: false, checks: [], timings: { verdictMs: 9000, totalMs: 9000 } });
  const page = await htmlPage(run, { ...fullFiles(), screens: [], screenshots: [] });
  expect(page).toContain('None was asked');
  expect(page).not.toMatch(/NaN|undefined|Infinity/);
});

test('phases follow each other without a gap from power-on', () => {
  const phases = phasesOf(fullRun());
  expect(phases.map(({ id }) => id)).toEqual(['firmware', 'loader', 'kernel', 'initramfs', 'units']);
  expect(phases.slice(1).every((phase, index) => phase.fromMs === phases[index]?.toMs)).toBe(true);
  const { guest: _, ...timings } = fullRun().timings;
  const early = { timings, milestones: [...fullRun().milestones, { id: 'initramfs' as const, atMs: 9000 }] };
  expect(phasesOf(early).map(({ id }) => id)).toEqual(['firmware', 'loader', 'kernel']);
});

test('files of the run directory go into the page; those that are missing are left out', async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'report-'));
  expect(await readRunFiles(fullRun(), directory)).toMatchObject({
    screens: [],
    screenshots: [],
    console: { lines: 0 },
  });
  await mkdir(path.join(directory, 'screens'));
  await writeFile(path.join(directory, 'screens/01.json'), '[[{"text":"menu"}]]');
  await writeFile(path.join(directory, 'screenshot.png'), Buffer.from(pixel, 'base64'));
  await writeFile(path.join(directory, 'console.log'), 'one\ntwo\n');
  const files = await readRunFiles(fullRun(), directory);
  expect(files.screens[0]?.lines).toEqual([[{ text: 'menu' }]]);
  expect(files.screenshots[0]?.dataUrl).toBe(`data:image/png;base64,${pixel}`);
  expect(files.console).toEqual({ text: 'one\ntwo', lines: 2, omitted: 0 });
  await rm(directory, { recursive: true });
});

test('of a long log the end is shown, in whole lines', () => {
  const log = logText(`${'x'.repeat(99)}\n`.repeat(10_000));
  expect(log.lines).toBe(10_000);
  expect(log.omitted).toBeGreaterThan(3000);
  expect(log.text.split('\n').length + log.omitted).toBe(10_000);
  expect(log.text.startsWith('x'.repeat(99))).toBe(true);
});
