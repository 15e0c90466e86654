import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { CreatorWatch, type FatalFinding } from '../../../scripts/engines/anaconda/watch/creator-watch.ts';
import { LogTails } from '../../../scripts/engines/anaconda/watch/log-tails.ts';
import { phasesOf } from '../../../scripts/engines/livemedia/phases.ts';
import { LearnedTimes, PhaseBoard } from '../../../scripts/plan/index.ts';
import { timeLeft, timeLeftInWords } from '../../../scripts/plan/watch/learned-times.ts';

function directory(): string {
  const made = mkdtempSync(path.join(tmpdir(), 'phyllome-watch-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

function watching() {
  const seen: string[] = [];
  const fatal: FatalFinding[] = [];
  const watch = new CreatorWatch(
    phasesOf('iso'),
    {
      onPhase: ({ id }) => seen.push(id),
      onProgress: (text) => seen.push(text),
      onFatal: (finding) => fatal.push(finding),
    },
    20,
  );
  return { watch, seen, fatal };
}

test('phases and counts are read behind the time that livemedia-creator puts in front', () => {
  const { watch, seen } = watching();
  for (const line of [
    '2026-11-22 19:41:13,123: Running anaconda.',
    '2026-11-22 19:41:14,123: Downloading 601 RPMs, 12.5 MiB / 400 MiB (3%) done.',
    '2026-11-22 19:51:14,123: Installing bash.x86_64 (412/601)',
    '2026-11-22 19:51:14,123: Downloading packages',
  ]) {
    watch.line(line);
  }
  expect(seen).toEqual(['anaconda', 'download', '12.5 MiB / 400 MiB (3%) done', 'packages', '412/601 bash.x86_64']);
});

test('Anaconda’s error block is complete when lines stop, although it goes on sleeping', async () => {
  const { watch, fatal } = watching();
  watch.line('The exact error message is:');
  watch.line('');
  watch.line('NoSuchPackage: qemu-kvm-croe');
  expect(fatal).toEqual([]);
  await sleep(80);
  expect(fatal[0]?.signature?.id).toBe('no-such-package');
  expect(fatal[0]?.lines.at(-1)).toBe('NoSuchPackage: qemu-kvm-croe');
});

test('an error block with unknown words is final too', () => {
  const { watch, fatal } = watching();
  watch.line('The exact error message is:');
  watch.line('the moon is in the wrong phase');
  watch.end();
  expect(fatal).toMatchObject([{ lines: ['The exact error message is:', 'the moon is in the wrong phase'] }]);
  expect(fatal[0]?.signature).toBeUndefined();
});

test('the first fatal line counts, and later ones do not', () => {
  const { watch, fatal } = watching();
  watch.logLine('No space left on device');
  watch.line('Out of memory:');
  expect(fatal.map(({ signature }) => signature?.id)).toEqual(['no-space-left']);
});

test('logs are followed as they grow, those that come later too', () => {
  const logs = directory();
  const lines: string[] = [];
  const tails = new LogTails(logs, (line) => lines.push(line));
  expect(tails.poll()).toBe(0);
  appendFileSync(path.join(logs, 'packaging.log'), 'one\ntw');
  tails.poll();
  appendFileSync(path.join(logs, 'packaging.log'), 'o\n');
  appendFileSync(path.join(logs, 'dbus.log'), 'three\n');
  appendFileSync(path.join(logs, 'image.img'), 'not a log\n');
  expect(tails.poll()).toBe(8);
  expect(lines.sort()).toEqual(['one', 'three', 'two']);
});

test('the time that is left comes from earlier builds', () => {
  const learned = { milliseconds: { download: 60_000, packages: 600_000, iso: 30_000 }, bytes: {} };
  const order = ['download', 'packages', 'iso'];
  expect(timeLeft(order, { id: 'packages', elapsedMs: 200_000 }, learned)).toBe(430_000);
  expect(timeLeft(order, { id: 'packages', elapsedMs: 900_000 }, learned)).toBe(30_000);
  expect(timeLeft(order, { id: 'packages', elapsedMs: 0 }, undefined)).toBeUndefined();
  expect(timeLeftInWords(430_000)).toBe('about 7 min left');
});

test('what was learned is remembered, the newer half of it', () => {
  const cache = directory();
  new LearnedTimes(cache).learn('a', { milliseconds: { iso: 1000 }, bytes: { squashfs: 100 } });
  new LearnedTimes(cache).learn('a', { milliseconds: { iso: 2000 }, bytes: { squashfs: 300 } });
  expect(new LearnedTimes(cache).of('a')).toEqual({ milliseconds: { iso: 1500 }, bytes: { squashfs: 200 } });
  expect(new LearnedTimes(cache).of('b')).toBeUndefined();
});

test('the board tells size against the size that is expected', async () => {
  const phases = phasesOf('iso');
  const squashfs = phases.find(({ id }) => id === 'squashfs');
  const iso = phases.find(({ id }) => id === 'iso');
  if (squashfs === undefined || iso === undefined) throw new Error('phases are missing');
  const board = new PhaseBoard(phases, { milliseconds: { iso: 60_000 }, bytes: { squashfs: 400e6 } });
  board.begin(squashfs);
  board.grown(100e6);
  expect(board.describe()).toBe('100 of about 400 MB, about 60 s left');
  board.begin(iso);
  expect(await board.ended(squashfs)).toBe(true);
  const download = phases.find(({ id }) => id === 'download');
  expect(download && (await board.ended(download))).toBe(false);
});
