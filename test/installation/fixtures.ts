import { type KickstartModel, model, parse } from 'kickstart-parser';
import type { RootTree } from '../../scripts/installation/answers/root-tree.ts';
import type { Computer, Disk } from '../../scripts/installation/computer/computer.ts';
import type { Medium } from '../../scripts/installation/medium/medium.ts';
import { type PlannedInstallation, planInstallation } from '../../scripts/installation/plan-installation.ts';

export const gibibyte = 1024 ** 3;

export function disk(name: string, more: Partial<Disk> = {}): Disk {
  return {
    name,
    sizeBytes: 20 * gibibyte,
    sectorBytes: 512,
    bus: 'virtio',
    model: '',
    serial: '',
    isRotational: false,
    isRemovable: false,
    isReadOnly: false,
    table: '',
    links: [],
    holds: [],
    isMedium: false,
    ...more,
  };
}

const medium: Medium = {
  title: 'Phyllome OS test',
  kernelArguments: ['iommu=pt', 'console=tty0'],
  menuTimeout: 3,
  rootBytes: 500 * 1024 ** 2,
  kernelVersion: '6.12.1-amd64',
  components: ['base'],
  computers: [],
  initramfs: { crypt: true, lvm: true, tpm2: true, btrfs: true, xfs: true },
};

const tree: RootTree = {
  packages: new Set(['systemd', 'chrony', 'locales']),
  hasTimeZone: (name) => name === 'Europe/Paris',
  hasLocale: (name) => name === 'de_DE.UTF-8',
  hasUnit: (name) => name === 'ssh.service' || name === 'ssh',
  hasFile: (path) => path === '/bin/bash',
  hasAccount: (name) => ['root', 'daemon'].includes(name),
};

const computer: Computer = {
  firmware: 'uefi',
  memoryMiB: 4096,
  hasTpm: true,
  disks: [disk('vda'), disk('sr1', { isReadOnly: true })],
};

export function answers(...lines: readonly string[]): KickstartModel {
  return model(parse(`${lines.join('\n')}\n`, { file: 'answers.ks' }), 'F44');
}

/** UUIDs that count: 00000001-…, 00000002-… */
function counting(): () => string {
  let count = 0;
  return () => `${String(++count).padStart(8, '0')}-0000-4000-8000-000000000000`;
}

export interface Situation {
  readonly computer?: Partial<Computer>;
  readonly medium?: Partial<Medium>;
  /** Of the system on the medium, besides what it always has. */
  readonly packages?: readonly string[];
}

export function planFor(lines: readonly string[], situation: Situation = {}): PlannedInstallation {
  return planInstallation({
    model: answers(...lines),
    computer: { ...computer, ...situation.computer },
    medium: { ...medium, ...situation.medium },
    tree: { ...tree, packages: new Set([...tree.packages, ...(situation.packages ?? [])]) },
    newUuid: counting(),
  });
}

/** Errors and warnings as `LINE: message`. */
export function told({ findings }: PlannedInstallation): string[] {
  return findings.map(({ span, message }) => `${span?.start.line ?? '-'}: ${message}`);
}
