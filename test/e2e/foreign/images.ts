import path from 'node:path';
import { places } from '../image/phyllome.ts';
import { unpackedPackage } from './packages.ts';

/** An image of which nothing is known, and how it is tested. */
export interface ForeignCase {
  readonly name: string;
  readonly firmware: 'bios' | 'uefi';
  readonly expectation: string;
  /** What follows `phyllome test`. */
  readonly words: () => Promise<readonly string[]>;
  /** It takes seconds: it is tried with every run of the tests. */
  readonly light?: true;
}

const of = (name: string, file: string) => async () => [path.join(await unpackedPackage(name), file)];

export const foreignCases: readonly ForeignCase[] = [
  {
    // Made here, and asked as if nobody knew it: by its path there is no manifest.
    name: 'a system that takes the agent',
    firmware: 'bios',
    expectation: 'takes-the-agent',
    words: async () => [path.join(places.out, 'nano', 'phyllome-nano-debian-13.iso')],
  },
  {
    name: 'memtest86+ ISO',
    firmware: 'bios',
    expectation: 'memtest',
    words: of('memtest86+', 'usr/lib/memtest86+/memtest86+x64.iso'),
  },
  {
    name: 'memtest86+ as a kernel',
    firmware: 'bios',
    expectation: 'memtest',
    words: of('memtest86+', 'boot/memtest86+x64.bin'),
    light: true,
  },
  { name: 'iPXE ISO', firmware: 'bios', expectation: 'ipxe', words: of('ipxe', 'usr/lib/ipxe/ipxe.iso') },
  {
    name: 'iPXE as a kernel',
    firmware: 'bios',
    expectation: 'ipxe',
    words: of('ipxe', 'usr/lib/ipxe/ipxe.lkrn'),
    light: true,
  },
  {
    name: 'GRUB rescue CD',
    firmware: 'bios',
    expectation: 'grub-rescue',
    words: of('grub-rescue-pc', 'usr/lib/grub-rescue/grub-rescue-cdrom.iso'),
    light: true,
  },
  {
    name: 'GRUB rescue floppy as a disk',
    firmware: 'bios',
    expectation: 'grub-rescue',
    words: of('grub-rescue-pc', 'usr/lib/grub-rescue/grub-rescue-floppy.img'),
  },
  {
    name: 'memtest86+ as a program',
    firmware: 'uefi',
    expectation: 'memtest',
    words: of('memtest86+', 'boot/memtest86+x64.efi'),
  },
  { name: 'iPXE as a program', firmware: 'uefi', expectation: 'ipxe', words: of('ipxe', 'usr/lib/ipxe/ipxe.efi') },
];
