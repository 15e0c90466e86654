import { classByInxi, classByLshw, classByName } from './device-classes.ts';
import type { Dump, PciFunction, Unknown } from './dump.ts';
import type { PastedLine } from './pasted-text.ts';
import { tableAsLines } from './posted-table.ts';

/** What of a device a listing has told so far. */
interface Listed {
  address: string;
  id?: string;
  class?: string;
  driver?: string;
  group?: number;
}

const ADDRESS = /(?<![\w:.])((?:[0-9a-f]{4,5}:)?[0-9a-f]{2}:[01][0-9a-f]\.[0-7])(?![\w.])/i;
const ID = /\[?\b([0-9a-f]{4}:[0-9a-f]{4})\b\]?/i;
const GROUP = /^(?:iommu[ _]*)?group\b[\s:#]*(\d+)\b[\s:]*/i;
/** The group among the details of a device: of `lspci -vv` a line, of `lspci -v` the end of its flags. */
const OWN_GROUP = /^(?:Flags:.*, )?IOMMU group:? (\d+)$/;
/** The group of an address, as `find /sys/kernel/iommu_groups -type l` and the kernel's messages tell it. */
const ASSIGNED =
  /\biommu_groups\/(?<path>\d+)\/devices\/(?<in>\S+)|(?<to>\S+): Adding to iommu group (?<message>\d+)|\biommu: Adding device (?<older>\S+) to group (?<olderGroup>\d+)/i;

/**
 * Reads what people post about their devices: listings of IOMMU groups (a heading and its devices, or a line for each),
 * `lspci -n`, `-nn`, `-nnk`, `-nnvv` and `-nnvmm`, whole outputs of inxi and `lshw -businfo`, and the table that Proxmox VE
 * prints of its devices. Undefined when no device is found in it.
 */
export function readListing(lines: readonly PastedLine[]): Dump | undefined {
  const devices: Listed[] = [];
  let group: number | undefined;
  let current: Listed | undefined;
  let hasDetails = false;
  let section = '';
  const begin = (address: string): Listed => {
    const known = devices.find((one) => one.address === full(address));
    current = known ?? { address: full(address) };
    if (known === undefined) devices.push(current);
    // A second listing behind the one of the groups stands below the last heading without belonging to it.
    if (group !== undefined) current.group ??= group;
    hasDetails = false;
    return current;
  };
  for (const text of unwrapped(tableAsLines(lines.map((line) => line.text)).map(withoutMarks))) {
    const field = /^(Slot|Class|Vendor|Device|Driver|IOMMUGroup|ProgIf):\s+(.*)$/.exec(text);
    if (field) {
      const [, key = '', value = ''] = field;
      if (key === 'Slot') begin(value.trim());
      else if (current) readField(current, key, value);
      continue;
    }
    section = /^([A-Z][A-Za-z]+):/.exec(text)?.[1] ?? section;
    hasDetails ||= /^(?:Control|Status|Flags):/.test(text);
    const ownGroup = hasDetails ? OWN_GROUP.exec(text)?.[1] : undefined;
    if (ownGroup !== undefined && current) {
      current.group = Number(ownGroup);
      continue;
    }
    const assigned = ASSIGNED.exec(text)?.groups;
    if (assigned) {
      const address = ADDRESS.exec(assigned.in ?? assigned.to ?? assigned.older ?? '')?.[1];
      if (address !== undefined)
        begin(address).group = Number(assigned.path ?? assigned.message ?? assigned.olderGroup);
      continue;
    }
    const heading = GROUP.exec(text);
    if (heading) group = Number(heading[1]);
    const rest = heading ? text.slice(heading[0].length) : text;
    const inUse = /^Kernel driver in use:\s*(\S+)/.exec(rest)?.[1];
    if (inUse !== undefined && current) current.driver = inUse;
    else if (/^pci@/.test(rest)) readLshw(rest, begin);
    else if (/\bbus[- ]ID:/.test(rest)) readInxi(rest, section, begin);
    else if (ADDRESS.test(rest) && !/^(?:Subsystem|Kernel modules|Bus:|Memory at)/.test(rest)) readLspci(rest, begin);
  }
  const functions = devices.flatMap(asFunction);
  return functions.length === 0 ? undefined : asDump(functions);
}

/** `01:00.0` of domain 0000 has its domain left out. */
const full = (address: string): string => (address.split(':').length === 2 ? `0000:${address}` : address).toLowerCase();

/** Without the marks of a list, a heading or a numbered print. */
const withoutMarks = (text: string): string =>
  text
    .replace(/^\*\*(.*?)\*\*/, '$1')
    .replace(/^(?:[-*•+]|#+|\d{1,4}[.:)]?)\s+(?=iommu|group\b|pci@|\[?[0-9a-f]{2,5}:)/i, '');

/** What begins an entry; another line behind a long one is the rest of it. */
const BEGINNING =
  /^(?:(?:iommu[ _]*)?group\b|pci@|(?:[0-9a-f]{4,5}:)?[0-9a-f]{2}:[01][0-9a-f]\.[0-7]\b|Subsystem:|Kernel |DeviceName:|[A-Z][A-Za-z]+:|(?:Device|Card|Hardware)-\d)/i;

/** Lines that a mail or a narrow window has broken are joined; the entries of inxi, which it breaks itself, too. */
function unwrapped(lines: readonly string[]): readonly string[] {
  const joined: string[] = [];
  let isInxi = false;
  for (const line of lines) {
    if (line === '') {
      isInxi = false;
      continue;
    }
    const starts = /^(?:[A-Z][A-Za-z]+:\s*)?(?:Device-\d+|Card(?:-\d+)?|Hardware-\d+):/.test(line);
    if (starts) isInxi = true;
    else if (/^[A-Z][A-Za-z]+:$/.test(line) || /^(?:Display|API|Sound|Server-\d|IF|System|Drives):/.test(line))
      isInxi = false;
    const isRest =
      joined.length > 0 &&
      (isInxi ? !starts : !BEGINNING.test(line) && !ASSIGNED.test(line) && isOpen(joined.at(-1) ?? ''));
    if (isRest) joined[joined.length - 1] = `${joined.at(-1)} ${line}`;
    else joined.push(line);
  }
  return joined;
}

/** A device whose ids are still to come. */
const isOpen = (line: string): boolean =>
  ADDRESS.test(line) && !ASSIGNED.test(line) && !ID.test(line.replace(ADDRESS, ''));

function readField(device: Listed, key: string, value: string): void {
  const number = /\[([0-9a-f]{4})\]\s*$/i.exec(value)?.[1]?.toLowerCase();
  if (key === 'Class') device.class = number ?? classByName(value) ?? '';
  else if (key === 'Vendor' && number !== undefined) device.id = `${number}:`;
  else if (key === 'Device' && number !== undefined) device.id = `${device.id ?? ''}${number}`;
  else if (key === 'Driver') device.driver = value.trim();
  else if (key === 'IOMMUGroup') device.group = Number(value);
  else if (key === 'ProgIf' && /^[0-9a-f]{2}$/i.test(value.trim()))
    device.class = `${device.class ?? ''}${value.trim()}`;
}

function readLspci(line: string, begin: (address: string) => Listed): void {
  const address = ADDRESS.exec(line)?.[1] ?? '';
  const rest = line.replace(ADDRESS, '').trim();
  const id = ID.exec(rest)?.[1]?.toLowerCase();
  const code =
    (/\[([0-9a-f]{4})\]/i.exec(rest) ?? /^([0-9a-f]{4}): (?=[0-9a-f]{4}:)/i.exec(rest))?.[1]?.toLowerCase() ??
    classByName(rest.replace(/^(?:\[[^\]]*\]\s*)+/, ''));
  // An address in the middle of some other text.
  if (id === undefined && code === undefined) return;
  const interfaceCode = /\(prog-if ([0-9a-f]{2})/i.exec(rest)?.[1] ?? '';
  const device = begin(address);
  if (id !== undefined) device.id = id;
  if (code !== undefined) device.class = `${code}${interfaceCode}`;
}

/** `pci@0000:01:00.0  eth0  network  I211 Gigabit Network Connection`; the name of the device may be missing. */
function readLshw(line: string, begin: (address: string) => Listed): void {
  const found =
    /^pci@(\S+)\s+(?:\S+\s+)??(display|multimedia|sound|network|bridge|storage|disk|bus|communication|generic|memory|processor|input|system|power)\s+(.*)$/i.exec(
      line,
    );
  const [, address, kind = '', description = ''] = found ?? [];
  if (address === undefined || !ADDRESS.test(address)) return;
  begin(address).class = classByLshw(kind.toLowerCase(), description);
}

/** Few letters make inxi brief: then the class is told by the section alone, and the id perhaps not at all. */
function readInxi(entry: string, section: string, begin: (address: string) => Listed): void {
  const value = (key: string) => new RegExp(`\\b${key}:\\s*(\\S+)`).exec(entry)?.[1];
  const address = value('bus[- ]ID');
  if (address === undefined || !ADDRESS.test(address)) return;
  const device = begin(address);
  const id = value('chip[- ]ID');
  const code = value('class[- ]ID') ?? classByInxi(section, entry);
  const driver = value('driver');
  if (id !== undefined) device.id = id.toLowerCase();
  if (code !== undefined) device.class = code.toLowerCase();
  if (driver !== undefined && driver !== 'N/A') device.driver = driver;
}

function asFunction({ address, id, class: code, driver, group }: Listed): PciFunction[] {
  if (code === undefined || code === '') return [];
  const isComplete = id !== undefined && /^[0-9a-f]{4}:[0-9a-f]{4}$/.test(id);
  // A bus other than the first is behind some bridge; a listing does not say which.
  const isOnRootBus = /:00:[01][0-9a-f]\.[0-7]$/.test(address);
  return [
    {
      address,
      id: isComplete ? id : '',
      class: code.padEnd(6, '0').slice(0, 6),
      ...(!isOnRootBus && { behind: 'unknown' }),
      ...(driver !== undefined && { driver }),
      ...(group !== undefined && { group }),
      wantsFirmware: false,
      isBootScreen: false,
      reset: [],
      virtualFunctions: 0,
      isVirtualFunction: false,
      mediated: [],
      uses: [],
    },
  ];
}

function asDump(functions: readonly PciFunction[]): Dump {
  const lacks = (what: Unknown, isThere: boolean): readonly Unknown[] => (isThere ? [] : [what]);
  const groups = new Set(functions.flatMap(({ group }) => group ?? []));
  return {
    computer: {},
    firmware: {},
    processor: {},
    memory: {},
    iommu: { groups: `${groups.size}` },
    kernel: {},
    functions: functions.toSorted((one, other) => (one.address < other.address ? -1 : 1)),
    messages: [],
    unseen: [],
    unknown: [
      'computer',
      ...lacks('groups', groups.size > 0),
      ...lacks(
        'ids',
        functions.every(({ id }) => id !== ''),
      ),
      ...lacks(
        'drivers',
        functions.some(({ driver }) => driver !== undefined),
      ),
      'uses',
      'resets',
      // A whole listing has the bridge that everything hangs on.
      ...lacks(
        'others',
        functions.some(({ address }) => /:00:00\.0$/.test(address)),
      ),
    ],
  };
}
