import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { phyllome } from '../image/phyllome.ts';
import { initramfs } from './initramfs.ts';
import { inInstaller, unpackedPackage } from './packages.ts';

const isWhole = process.env.PHYLLOME_FOREIGN === 'all';
let directory: string;
beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'phyllome-broken-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

const installer = async (file: string) =>
  inInstaller(await unpackedPackage('debian-installer-13-netboot-amd64'), `text/debian-installer/amd64/${file}`);
const rescueCd = async () =>
  path.join(await unpackedPackage('grub-rescue-pc'), 'usr/lib/grub-rescue/grub-rescue-cdrom.iso');
const memtest = async () => path.join(await unpackedPackage('memtest86+'), 'usr/lib/memtest86+/memtest86+x64.iso');

/** A copy with bytes in its middle that are others. */
function damaged(file: string, from: number, to: number): string {
  const bytes = Buffer.from(readFileSync(file));
  bytes.fill(0x5a, Math.floor(bytes.length * from), Math.floor(bytes.length * to));
  const copy = path.join(directory, `damaged-${path.basename(file)}`);
  writeFileSync(copy, bytes);
  return copy;
}

/** A file of ours beside the others. */
function made(name: string, content: Buffer): string {
  const file = path.join(directory, name);
  writeFileSync(file, content);
  return file;
}

async function truncated(): Promise<string> {
  const copy = path.join(directory, 'truncated.iso');
  copyFileSync(await memtest(), copy);
  truncateSync(copy, 1024 * 1024);
  return copy;
}

/** GRUB's rescue CD, whose menu has another name in both of the CD's folders of names. */
async function withoutConfiguration(): Promise<string> {
  const bytes = Buffer.from(readFileSync(await rescueCd()));
  for (let time = 0; time < 2; time += 1) bytes.write('grub.cfx', bytes.indexOf('grub.cfg'), 'latin1');
  return made('no-configuration.iso', bytes);
}

/** An ISO that is a disk, too, without its partitions. */
async function withoutPartitions(): Promise<string> {
  const bytes = Buffer.from(readFileSync(await memtest()));
  bytes.fill(0, 446, 510);
  return made('no-partitions.iso', bytes);
}

/** Its init says a word, and ends. */
async function endingInit(): Promise<string> {
  const busybox = readFileSync(path.join(await unpackedPackage('busybox-static'), 'usr/bin/busybox'));
  const content = initramfs([
    { path: 'bin', mode: 0o40755 },
    { path: 'bin/busybox', mode: 0o100755, content: busybox },
    { path: 'init', mode: 0o100755, content: '#!/bin/busybox sh\necho nothing to do\n' },
  ]);
  return made('ends.gz', content);
}

/** What is broken, what is typed, and the cause that must be told; those that take seconds first. */
const all: readonly (readonly [string, () => Promise<readonly string[]>, RegExp])[] = [
  ['a truncated ISO', async () => [await truncated()], /truncated\.iso is cut off: \d+ of \d+ bytes are there/],
  [
    'an ISO without a part for UEFI',
    async () => [await rescueCd(), '--firmware', 'uefi'],
    /does not start by uefi from cdrom: its El Torito boot catalogue has nothing for UEFI, only for BIOS/,
  ],
  [
    'a stick without partitions',
    async () => [await withoutPartitions(), '--firmware', 'uefi', '--from', 'usb'],
    /does not start by uefi from usb: it has no partition with FAT/,
  ],
  [
    'a program of UEFI by BIOS',
    async () => [path.join(await unpackedPackage('ipxe'), 'usr/lib/ipxe/ipxe.efi')],
    /ipxe\.efi does not start by bios: it is a program for UEFI/,
  ],
  [
    'no initramfs',
    async () => [await installer('linux')],
    /The kernel found no root file system: no initramfs was loaded/,
  ],
  [
    'a damaged kernel',
    async () => [damaged(await installer('linux'), 0.4, 0.5), '--initrd', await installer('initrd.gz')],
    /The kernel could not unpack itself/,
  ],
  ['an unsigned loader', async () => [await memtest(), '--firmware', 'secure-boot'], /Secure Boot refused the loader/],
  [
    'GRUB without its configuration',
    async () => [await withoutConfiguration()],
    /the boot loader has no configuration/,
  ],
  [
    'an init that ends',
    async () => [await installer('linux'), '--initrd', await endingInit()],
    /Attempted to kill init/,
  ],
];

/** Those that are told before any machine is started. */
const light = 4;

/** Of every run of the tests; `npm run test:foreign` tries all of them. */
const cases = isWhole ? all : all.slice(0, light);

test.each(cases)('%s', async (_, words, cause) => {
  const outcome = await phyllome(['test', ...(await words())]);
  expect(outcome.stderr).toMatch(cause);
  expect(outcome.exitCode).toBe(1);
});
