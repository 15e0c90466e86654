import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { freeBytes } from './disk-space.ts';

/** Something that work needs of this computer. */
export interface Resource {
  readonly name: 'KVM' | 'disk' | 'memory';
  readonly isEnough: boolean;
  readonly words: string;
  /** What would make it better, where it is not enough. */
  readonly advice?: string;
}

/** A first build with its tools, packages and images, and a little to spare. */
const BUILD_BYTES = 5e9;
/** Beside the machine itself: QEMU, and the program that asks the guest. */
const BESIDE_MIB = 512;

/** What `/dev/kvm` means for machines that are booted here. It is not opened: whether it works, the lab tries. */
export function kvmResource(device = '/dev/kvm'): Resource {
  const slow = 'machines are emulated, some ten times slower';
  if (!existsSync(device)) {
    const advice =
      'switch virtualisation (SVM, VT-x) on in the firmware set-up; in a virtual machine, nested virtualisation on its host';
    return { name: 'KVM', isEnough: false, words: `there is no ${device}: ${slow}`, advice };
  }
  try {
    accessSync(device, constants.R_OK | constants.W_OK);
    return { name: 'KVM', isEnough: true, words: `${device} is there and may be used` };
  } catch {
    const advice = 'sudo usermod --append --groups kvm "$USER", then log in anew';
    return { name: 'KVM', isEnough: false, words: `${device} is there, and you may not use it: ${slow}`, advice };
  }
}

/** Free space for what is cached and what is published. */
export function diskResource(directory: string, free: number = freeBytes(directory)): Resource {
  const words = `${(free / 1e9).toFixed(0)} GB free for ${directory}; a first build takes about ${BUILD_BYTES / 1e9} GB`;
  if (free >= BUILD_BYTES) return { name: 'disk', isEnough: true, words };
  const advice = 'PHYLLOME_CACHE and PHYLLOME_OUT name directories with more of it';
  return { name: 'disk', isEnough: false, words, advice };
}

/** Memory for one machine of the lab. */
export function memoryResource(machineMiB: number, meminfo: string = readFileSync('/proc/meminfo', 'utf8')): Resource {
  const mebibytes = (key: string) =>
    Math.floor(Number(new RegExp(`^${key}: +(\\d+)`, 'm').exec(meminfo)?.[1] ?? 0) / 1024);
  const available = mebibytes('MemAvailable');
  const words = `${available} of ${mebibytes('MemTotal')} MiB available; a machine to boot an image in takes ${machineMiB}`;
  if (available >= machineMiB + BESIDE_MIB) return { name: 'memory', isEnough: true, words };
  return { name: 'memory', isEnough: false, words, advice: '`phyllome run FLAVOUR --memory 1024` takes less' };
}
