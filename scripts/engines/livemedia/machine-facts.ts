import { existsSync, readFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import path from 'node:path';
import { freeBytes, isOnPath } from '../../host/index.ts';
import { groupsOfProcess } from './process-groups.ts';

/** What this computer is, as far as it decides where livemedia-creator can run. Plain values, so that choosing is a pure function. */
export interface MachineFacts {
  /** `ID`, `VERSION_ID` and `PRETTY_NAME` of os-release. */
  readonly distribution: { readonly id: string; readonly release: string; readonly name: string };
  readonly isRoot: boolean;
  /** Names of the groups that the user is in. */
  readonly groups: readonly string[];
  /** Which of `wantedPrograms` are on PATH. */
  readonly programs: readonly string[];
  readonly hasLoopDevices: boolean;
  /** The C library can speak en_US.UTF-8. */
  readonly hasEnglish: boolean;
  /** Names of mock's configurations, without `.cfg`. */
  readonly mockConfigurations: readonly string[];
  readonly memoryBytes: number;
  /** Bytes free where the work directory will be. */
  readonly freeBytes: number;
  /** The work directory lies below /tmp, which the host runner replaces by a private one. */
  readonly worksInTmp: boolean;
}

const wantedPrograms = [
  'livemedia-creator',
  'anaconda',
  'ksvalidator',
  'unshare',
  'losetup',
  'qemu-img',
  'mkfs.ext4',
  'mksquashfs',
  'xorriso',
  'mkefiboot',
  'implantisomd5',
  'grub2-mkimage',
  'kpartx',
  'xz',
  'mock',
  'podman',
];

export function readMachineFacts(workRoot: string, mockConfigurations: readonly string[]): MachineFacts {
  const isRoot = process.getuid?.() === 0;
  return {
    distribution: readDistribution(),
    isRoot,
    groups: groupsOfProcess(),
    programs: wantedPrograms.filter(isOnPath),
    hasLoopDevices: existsSync('/dev/loop-control'),
    hasEnglish: localeFiles.some((file) => holdsEnglish(file)),
    mockConfigurations: mockConfigurations.filter((name) => existsSync(`/etc/mock/${name}.cfg`)),
    memoryBytes: totalmem(),
    freeBytes: freeBytes(workRoot),
    worksInTmp: path.resolve(workRoot).startsWith('/tmp/'),
  };
}

/** Where locales lie: each in a folder of its own, or all in one file. */
const localeFiles = ['/usr/lib/locale/en_US.utf8/LC_CTYPE', '/usr/lib/locale/locale-archive'];

function holdsEnglish(file: string): boolean {
  if (!existsSync(file)) return false;
  return !file.endsWith('archive') || readFileSync(file).includes('en_US.utf8\0');
}

function readDistribution(): MachineFacts['distribution'] {
  const text = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  const value = (key: string) => new RegExp(`^${key}="?([^"\\n]*)"?$`, 'm').exec(text)?.[1] ?? '';
  return { id: value('ID'), release: value('VERSION_ID'), name: value('PRETTY_NAME') || 'an unknown system' };
}
