import type { Machine } from './machine.ts';
import { liveMedium, sourceTree } from './steps/copy-steps.ts';

/** Disks as what went wrong with them is told. */
export interface KnownDisks {
  /** Those that are installed on: `vda`. */
  readonly targets: readonly string[];
  /** What this system runs from; absent where that is a CD, or not known. */
  readonly medium?: string;
}

/** Errors that the kernel has reported so far, oldest first. */
export function kernelErrors(machine: Machine): string[] {
  const { stdout } = machine.run(['dmesg', '--notime', '--level=emerg,alert,crit,err']);
  return stdout.split('\n').filter((line) => line !== '');
}

/** Errors that came since the kernel had reported `before`. */
export function errorsSince(machine: Machine, before: readonly string[]): string[] {
  const now = kernelErrors(machine);
  // The kernel keeps a certain amount: where older lines have gone, all that are left may be new.
  return now[before.length - 1] === before.at(-1) ? now.slice(before.length) : now;
}

/** Lines of the kernel about disks; the first three, as what follows is mostly their consequence. */
export function aboutDisks(errors: readonly string[]): string[] {
  return [...new Set(errors.filter((line) => deviceIn(line) !== undefined))].slice(0, 3);
}

/** What is wrong with the computer and what a person can do, by what a program and the kernel said. */
export function causes(words: string, errors: readonly string[], { targets, medium }: KnownDisks): string[] {
  const found = new Set<string>();
  for (const line of errors) {
    const device = deviceIn(line) ?? '';
    const target = targets.find((name) => isOf(device, name));
    if (target !== undefined && /space allocation/.test(line)) found.add(noSpaceBehind(target));
    else if (target !== undefined) found.add(broken(target));
    // The system is in a file of the medium: loop.
    else if (/^(sr|loop)\d/.test(device) || (medium !== undefined && isOf(device, medium))) found.add(unreadable);
  }
  // The kernel may not be heard any more: what reads its log is on the medium, too.
  if (found.size === 0 && fromMedium.test(words)) found.add(unreadable);
  if (found.size === 0 && /No space left on device/.test(words)) found.add(full);
  return [...found];
}

const fromMedium = new RegExp(`(?:${sourceTree}|${liveMedium})/.*Input/output error`);

const unreadable =
  'The medium cannot be read any more: it was taken out, or it is damaged. Compare it with SHA256SUMS or write it anew, and start from it again.';
const full =
  'A file system is full: of data, or of as many files as --mkfsoptions allows. Give it more with --size or --grow, or leave --mkfsoptions out.';
const broken = (disk: string) =>
  `The disk ${disk} does not take or give what it should. Look at its cable, try another port, or take another disk.`;
const noSpaceBehind = (disk: string) =>
  `What is behind the disk ${disk} has no space left for it (thin provisioning). Give its storage more space.`;

/** `vda` is a disk of `vda3`, `nvme0n1` of `nvme0n1p3`; `sda` is none of `sdaa`. */
function isOf(device: string, disk: string): boolean {
  return device === disk || (device.startsWith(disk) && /^p?\d+$/.test(device.slice(disk.length)));
}

/** `I/O error, dev sda, sector 8 op …`, `Buffer I/O error on dev sda1, logical block 1, …` */
function deviceIn(line: string): string | undefined {
  return /\berror(?:, dev| on dev(?:ice)?) ([\w-]+)\b/.exec(line)?.[1];
}
