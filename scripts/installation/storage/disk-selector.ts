import { type Diagnostic, type Span, sizeInWords } from '../../diagnostic/index.ts';
import type { InstallationDisk } from '../../flavour/index.ts';
import type { Disk } from '../computer/computer.ts';
import { diskInWords, isEmpty, turns } from '../computer/in-words.ts';
import { finding } from './finding.ts';
import { names } from './names.ts';

/** What the flavour of a medium says of the disk to install on. */
export interface DiskSelector extends InstallationDisk {
  /** Where it says so; known to who has its files. */
  readonly at?: Span;
}

/** Why a disk is not what a flavour asks for; undefined where it is. */
export function whyNotSelected(selector: DiskSelector, disk: Disk): string | undefined {
  const { names: words, buses, minimumGiB, maximumGiB, rotational, empty } = selector;
  const size = sizeInWords(disk.sizeBytes);
  if (words !== undefined && !words.some((word) => names(word, disk))) {
    return `it is not called ${words.join(' or ')}`;
  }
  if (buses !== undefined && !buses.some((bus) => bus === disk.bus)) {
    return `it is attached by ${disk.bus === '' ? 'something unknown' : disk.bus}, not by ${buses.join(' or ')}`;
  }
  if (minimumGiB !== undefined && disk.sizeBytes < minimumGiB * gibibyte) {
    return `it has ${size}, less than ${minimumGiB} GiB`;
  }
  if (maximumGiB !== undefined && disk.sizeBytes > maximumGiB * gibibyte) {
    return `it has ${size}, more than ${maximumGiB} GiB`;
  }
  if (rotational !== undefined && turns(disk) !== rotational) return rotational ? 'it does not turn' : 'it turns';
  if (empty !== undefined && isEmpty(disk) !== empty) return empty ? 'it is not empty' : 'nothing is on it';
  return undefined;
}

/** One more or one less than were expected may mean that the one that was meant is not there. */
export function refuseOtherNumber(
  { matches = 1, at }: DiskSelector,
  usable: readonly Disk[],
  others: readonly { readonly disk: Disk; readonly reason: string }[],
): Diagnostic[] {
  if (usable.length === matches) return [];
  const found = usable.length === 0 ? 'none does' : `${usable.length} do${usable.length === 1 ? 'es' : ''}`;
  const lines = [
    ...usable.map((disk) => `  fits: ${diskInWords(disk)}`),
    ...others.map(({ disk, reason }) => `  does not: ${diskInWords(disk)}\n    ${reason}`),
  ];
  const message = `${matches} ${matches === 1 ? 'disk' : 'disks'} must be as the flavour says in \`installationDisk\`, and ${found}:`;
  const none = ['  this computer has no disk'];
  const hint = 'Name the disk in the answer file, `ignoredisk --only-use=DISK`: then the flavour has no say.';
  return [finding(at && { span: at }, [message, ...(lines.length === 0 ? none : lines)].join('\n'), hint)];
}

const gibibyte = 1024 ** 3;
