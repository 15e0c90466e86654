import type { KickstartModel } from 'kickstart-parser';
import type { Diagnostic, Span } from '../../diagnostic/index.ts';
import type { Disk } from '../computer/computer.ts';
import { isEmpty } from '../computer/in-words.ts';
import { type DiskSelector, refuseOtherNumber, whyNotSelected } from './disk-selector.ts';
import { finding } from './finding.ts';
import { names } from './names.ts';

/** Which disks an installation may take, and why not the others. */
export interface UsableDisks {
  readonly usable: readonly Disk[];
  /** In the order of the computer's disks. */
  readonly others: readonly { readonly disk: Disk; readonly reason: string }[];
  readonly findings: readonly Diagnostic[];
}

/**
 * Reads `ignoredisk` and `clearpart`; where no `--only-use` names a disk, `selector` has a say, too. A disk with something on it is taken only where `clearpart` says so; what this system
 * runs from, what is mounted and what cannot be written never is. A word that names no disk stops the installation: the disk
 * that was meant may be another one today.
 */
export function usableDisks(model: KickstartModel, disks: readonly Disk[], selector?: DiskSelector): UsableDisks {
  const { ignoredisk, clearpart } = model.commands;
  const only = ignoredisk?.onlyuse ?? [];
  const ignored = ignoredisk?.ignoredisk ?? [];
  const asked = only.length > 0 ? undefined : selector;
  const wiped = clearpart?.type === 'all' ? (clearpart.drives ?? []) : undefined;
  const reasonFor = (disk: Disk): string | undefined => {
    if (disk.isMedium) return 'this system runs from it';
    if (disk.isReadOnly) return 'it cannot be written';
    const mounted = disk.holds.flatMap(({ mountPoints }) => mountPoints);
    if (mounted.length > 0) return `it is in use at ${mounted.join(', ')}`;
    if (ignored.some((word) => names(word, disk))) return 'ignoredisk --drives names it';
    if (only.length > 0 && !only.some((word) => names(word, disk))) return 'ignoredisk --only-use does not name it';
    if (wiped !== undefined && wiped.length > 0 && !wiped.some((word) => names(word, disk))) {
      return 'clearpart --drives does not name it';
    }
    const other = asked && whyNotSelected(asked, disk);
    if (other !== undefined) return `not what the flavour asks for: ${other}`;
    return wiped === undefined && !isEmpty(disk)
      ? 'it is not empty, and no clearpart --all says that it may be wiped'
      : undefined;
  };
  const judged = disks.map((disk) => ({ disk, reason: reasonFor(disk) }));
  const usable = judged.flatMap(({ disk, reason }) => (reason === undefined ? [disk] : []));
  const others = judged.flatMap(({ disk, reason }) => (reason === undefined ? [] : [{ disk, reason }]));
  const missing = (words: readonly string[], option: string, at: { readonly span?: Span } | undefined) =>
    words
      .filter((word) => !disks.some((disk) => names(word, disk)))
      .map((word) => finding(at, `${option}=${word}: this computer has no such disk`, diskNames(disks)));
  return {
    usable,
    others,
    findings: [
      ...missing(only, 'ignoredisk --only-use', ignoredisk),
      ...missing(wiped ?? [], 'clearpart --drives', clearpart),
      ...(asked === undefined ? [] : refuseOtherNumber(asked, usable, others)),
    ],
  };
}

function diskNames(disks: readonly Disk[]): string {
  return disks.length === 0 ? 'It has no disk at all.' : `It has ${disks.map(({ name }) => name).join(', ')}.`;
}
