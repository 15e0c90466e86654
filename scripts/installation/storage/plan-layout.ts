import type { KickstartModel } from 'kickstart-parser';
import { type Diagnostic, sizeInWords } from '../../diagnostic/index.ts';
import type { Computer, Disk } from '../computer/computer.ts';
import type { Medium } from '../medium/medium.ts';
import { divide } from './divide.ts';
import { finding } from './finding.ts';
import type { Layout } from './layout.ts';
import { names } from './names.ts';
import { refuseStorage } from './refuse-storage.ts';
import { stackDevices } from './stack-devices.ts';
import { type UsableDisks, usableDisks } from './usable-disks.ts';
import { type Wanted, type WantedStorage, wantedStorage } from './wanted.ts';

export interface PlannedLayout {
  /** Absent where there are findings. */
  readonly layout?: Layout;
  readonly disks: UsableDisks;
  readonly findings: readonly Diagnostic[];
}

/** What a partition takes that is to hold the system, above what the system itself takes: journals, and room to work. */
const roomMiB = 256;

/**
 * Decides what becomes of which disk. `newUuid`: gives another UUID each time.
 * Nothing is left to be decided later: where more than one disk could be meant, that is a finding.
 */
export function planLayout(
  model: KickstartModel,
  computer: Computer,
  medium: Medium,
  newUuid: () => string,
): PlannedLayout {
  const disks = usableDisks(model, computer.disks, medium.installationDisk);
  const wanted = wantedStorage(model, newUuid);
  if (wanted === undefined) {
    const message = 'the answers do not say how the disk is divided';
    const hint =
      'Add `autopart`, or `reqpart` and `part / --grow`, with `ignoredisk --only-use=DISK` and `clearpart --all`.';
    return { disks, findings: [...disks.findings, finding(model.present[0], message, hint)] };
  }
  const placed = placePartitions(model, wanted, disks);
  const findings = [...disks.findings, ...refuseStorage(model, wanted, computer, medium), ...placed.findings];
  if (findings.length > 0) return { disks, findings };
  const tables = placed.groups.map(({ disk, partitions }) => divide(disk, partitions, newUuid));
  const problems = tables.flatMap((table) => ('finding' in table ? [table.finding] : []));
  const divided = tables.flatMap((table) => ('layout' in table ? [table] : []));
  if (problems.length > 0) return { disks, findings: problems };
  const bootDisk = placed.bootDisk ?? divided[0]?.layout.disk;
  if (bootDisk === undefined) throw new Error('a layout without a disk passed');
  const stacked = stackDevices({ wanted, divided, bootDisk, newUuid });
  const small = [
    ...stacked.findings,
    ...refuseSmallRoot(wanted, stacked.rootMiB, medium),
    ...refuseBios(computer, bootDisk),
  ];
  return small.length > 0 ? { disks, findings: small } : { disks, layout: stacked.layout, findings: [] };
}

interface Placed {
  readonly groups: readonly { readonly disk: Disk; readonly partitions: readonly Wanted[] }[];
  readonly bootDisk?: Disk;
  readonly findings: readonly Diagnostic[];
}

function placePartitions(model: KickstartModel, wanted: WantedStorage, disks: UsableDisks): Placed {
  const { usable, others } = disks;
  const findings: Diagnostic[] = [];
  const find = (word: string, at: Pick<Wanted, 'span'>): Disk | undefined => {
    const fitting = usable.filter((disk) => names(word, disk));
    if (fitting.length === 1) return fitting[0];
    const refused = others.find(({ disk }) => names(word, disk));
    const why = refused === undefined ? 'this computer has no such disk' : `it cannot be taken: ${refused.reason}`;
    findings.push(
      finding(at, fitting.length > 1 ? `${word} names ${list(fitting)}: only one can be meant` : `${word}: ${why}`),
    );
    return undefined;
  };
  const named = model.commands.bootloader?.bootDrive ?? '';
  const bootDisk = named === '' ? undefined : find(named, model.commands.bootloader ?? {});
  const only = usable.length === 1 ? usable[0] : undefined;
  const isForLoader = ({ role }: Wanted) => role === 'bios-boot' || role === 'esp';
  const anywhere = wanted.partitions.filter(
    (one) => one.disk === undefined && !(bootDisk !== undefined && isForLoader(one)),
  );
  const first = anywhere.find(({ span }) => span !== undefined) ?? anywhere[0];
  // What names no disk, or the wrong number of them, is told already.
  const isUntold = disks.findings.length === 0;
  if (first !== undefined && only === undefined && isUntold) findings.push(notOneDisk(first, usable, others));
  const on = new Map<Disk, Wanted[]>();
  for (const one of wanted.partitions) {
    const disk = one.disk !== undefined ? find(one.disk, one) : ((isForLoader(one) ? bootDisk : undefined) ?? only);
    if (disk !== undefined) on.set(disk, [...(on.get(disk) ?? []), one]);
  }
  const loaderDisk = [...on].find(([, partitions]) => partitions.some(isForLoader))?.[0];
  const drive = bootDisk ?? loaderDisk;
  return {
    groups: [...on].map(([disk, partitions]) => ({ disk, partitions })),
    ...(drive !== undefined && { bootDisk: drive }),
    findings,
  };
}

function notOneDisk(at: Pick<Wanted, 'span'>, usable: readonly Disk[], others: UsableDisks['others']): Diagnostic {
  if (usable.length > 1) {
    const hint =
      'Name one: `ignoredisk --only-use=DISK` (also by disk/by-id/… or disk/by-path/…), or `part … --ondisk=DISK`.';
    return finding(at, `${usable.length} disks could be taken: ${list(usable)}`, hint);
  }
  const reasons = others.map(({ disk, reason }) => `  ${disk.name}: ${reason}`);
  return finding(
    at,
    reasons.length === 0 ? 'this computer has no disk' : ['no disk can be taken:', ...reasons].join('\n'),
  );
}

function list(disks: readonly Disk[]): string {
  return disks.map(({ name, sizeBytes }) => `${name} (${sizeInWords(sizeBytes)})`).join(', ');
}

function refuseSmallRoot(wanted: WantedStorage, rootMiB: number, medium: Medium): Diagnostic[] {
  const needed = Math.ceil(medium.rootBytes / 1024 ** 2) + roomMiB;
  if (rootMiB >= needed) return [];
  const at = [...wanted.partitions, ...wanted.volumes].find(({ place }) => place === '/');
  return [finding(at, `/ would have ${rootMiB} MiB, and the system needs ${needed}`)];
}

/** GRUB's core for BIOS counts in sectors of 512 bytes. */
function refuseBios({ firmware }: Computer, { name, sectorBytes }: Disk): Diagnostic[] {
  if (firmware === 'uefi' || sectorBytes === 512) return [];
  return [
    finding(
      undefined,
      `BIOS does not start from ${name}: its sectors have ${sectorBytes} bytes`,
      'Switch the firmware to UEFI.',
    ),
  ];
}
