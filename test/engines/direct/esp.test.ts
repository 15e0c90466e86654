import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { fillEsp } from '../../../scripts/engines/direct/disk/esp.ts';
import { scratchDirectory } from '../../commands/recording-context.ts';
import { planOf, stepsOf } from './fixtures.ts';

/** Runs the script with stand-ins that note how they are called. */
function filledWith(files: readonly string[]) {
  const directory = scratchDirectory();
  const [programs, esp, log] = ['programs', 'esp', 'log'].map((name) => path.join(directory, name));
  mkdirSync(programs ?? '');
  for (const name of ['mkfs.fat', 'mmd', 'mcopy']) {
    const file = path.join(programs ?? '', name);
    writeFileSync(file, `#!/bin/sh\necho "${name} $*" >> ${log}\n`);
    chmodSync(file, 0o755);
  }
  for (const name of files) {
    mkdirSync(path.dirname(path.join(esp ?? '', name)), { recursive: true });
    writeFileSync(path.join(esp ?? '', name), name);
  }
  const seed = path.join(directory, 'seed');
  writeFileSync(seed, '01234567-89ab-8def-8123-4567deadbeef\n');
  execFileSync('sh', ['-euc', fillEsp, seed, path.join(directory, 'esp.img'), '64M', 'ESP', esp ?? ''], {
    env: { ...process.env, PATH: `${programs}:${process.env.PATH}:/bin`, SOURCE_DATE_EPOCH: '1700000000' },
    cwd: directory,
  });
  const said = readFileSync(log ?? '', 'utf8').replaceAll(directory, '');
  return { esp: esp ?? '', calls: said.trim().split('\n') };
}

test('the EFI system partition has its files in the order of their names, all with the time of the packages', () => {
  const files = ['b', 'a', 'EFI/BOOT/z', 'EFI/BOOT/B', 'EFI/debian/grub.cfg'];
  const { esp, calls } = filledWith(files);
  expect(calls).toEqual([
    'mkfs.fat -F 32 -S 512 -i deadbeef -n ESP /esp.img',
    ...['EFI', 'EFI/BOOT', 'EFI/debian'].map((name) => `mmd -i /esp.img ::/${name}`),
    ...['EFI/BOOT/B', 'EFI/BOOT/z', 'EFI/debian/grub.cfg', 'a', 'b'].map(
      (name) => `mcopy -m -i /esp.img ${name} ::/${name}`,
    ),
  ]);
  for (const name of files) expect(statSync(path.join(esp, name)).mtimeMs).toBe(1_700_000_000_000);
});

test('what fills a disk takes no time of the clock, and no seed by chance', () => {
  const steps = stepsOf(planOf(['reqpart', 'part / --size=4096', 'bootloader'], ['disk-raw']), 'disk');
  const argvOf = (id: string) => steps.find((step) => step.id === id)?.argv ?? [];
  for (const id of ['esp', 'partitions']) expect(argvOf(id).join(' ')).toContain('SOURCE_DATE_EPOCH=$(cat "$0")');
  expect(argvOf('partitions').join(' ')).toContain('-E hash_seed=$(cat "$directories")');
  expect(argvOf('identifiers').join(' ')).toContain(' directories uuid ');
  expect(argvOf('tidy').join(' ')).toContain(' esp.img ');
});

test.each([
  ['', 'ESP'],
  ['--label=My/Boot.Files', 'MY_BOOT_FIL'],
])('the label of the file system has what FAT can say (%s)', (option, label) => {
  const asked = [`part /boot/efi --fstype=efi --size=64 ${option}`, 'part / --size=4096', 'bootloader'];
  const steps = stepsOf(planOf(asked, ['disk-raw']), 'disk');
  const argv = steps.find((step) => step.id === 'esp')?.argv ?? [];
  expect(argv.slice(-2)).toEqual([label, '${disk}/esp']);
});
