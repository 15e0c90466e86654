import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { htmlPage } from '../../../scripts/report/test-run/html/page.ts';
import { summarizeTestRun, writeTestRun } from '../../../scripts/report/test-run/index.ts';
import { readBootProgram, signedStart } from '../../../scripts/secure-boot/index.ts';
import { programWith, signature } from '../../secure-boot/made-program.ts';
import { fullFiles } from './full-run.ts';
import { sampleRun } from './sample-run.ts';

test('a good run in lines', () => {
  expect(summarizeTestRun(sampleRun()).join('\n')).toMatchInlineSnapshot(`
    "nano, BIOS, 2 processors, 2048 MiB, QEMU 10.0.13
    accelerator: tcg (KVM hangs: never left its loop; found out in 1.5 s)
    boot: 33.4 s, kernel started after 6.0 s (kernel 4.6 s, initramfs 10.8 s, userspace 11.5 s)
      ok      idle-memory  172 MiB used
    console and journal: no bad line
    passed 60.5 s after power-on: 1 of 1 checks passed"
  `);
});

test('a boot that failed says how far it came', () => {
  const run = sampleRun({
    verdict: 'failed',
    booted: false,
    checks: [],
    milestones: [
      { id: 'power-on', atMs: 0 },
      { id: 'kernel', atMs: 6000 },
    ],
  });
  expect(summarizeTestRun(run)).toContain('boot: failed after kernel');
});

test('the results are written as the value they are', async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'report-'));
  const run = sampleRun();
  await writeTestRun(run, directory);
  expect((await readdir(directory)).sort()).toEqual([
    'junit.xml',
    'report.html',
    'results.json',
    'results.tap',
    'summary.md',
  ]);
  expect(JSON.parse(await readFile(path.join(directory, 'results.json'), 'utf8'))).toEqual(run);
  await rm(directory, { recursive: true });
});

test('who signed what starts, and with which keys it does', async () => {
  const shim = readBootProgram(
    'first',
    'EFI/BOOT/BOOTX64.EFI',
    programWith([signature('shim-1'), signature('shim-2')]),
  );
  const run = sampleRun({ secureBoot: signedStart([shim]) ?? { programs: [], starts: [] } });
  expect(summarizeTestRun(run).slice(3, 5)).toEqual([
    'signed: EFI/BOOT/BOOTX64.EFI by Microsoft Corporation UEFI CA 2011 (until 2026-06-27) and Microsoft UEFI CA 2023 (until 2038-06-13)',
    'Secure Boot: starts with keys-2011, keys-2023, keys-both, setup-mode; is refused with keys-own, keys-both-revoked',
  ]);
  const page = await htmlPage(run, fullFiles());
  expect(page).toContain('Microsoft UEFI CA 2023 signer, for Microsoft UEFI CA 2023');
  expect(page).toContain('until 2038-06-13');
  expect(page).toContain('81aa6b3244c935bce0d6628af39827421e32497d');
  expect(page).toMatch(/keys-both-revoked<\/th><td>refused<\/td>/);
});
