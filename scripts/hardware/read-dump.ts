import type { Diagnostic, Span } from '../diagnostic/index.ts';
import type { Dump, DumpedDisk, PciFunction, Section, Use } from './dump.ts';
import { readListing } from './listing.ts';
import { type PastedLine, pastedLines } from './pasted-text.ts';

const HEADER = 'phyllome hardware dump 1';
const SECTIONS = ['computer', 'firmware', 'processor', 'memory', 'iommu', 'kernel'] as const;
const USES: readonly string[] = ['system-disk', 'network', 'screen', 'keyboard'] satisfies readonly Use[];

/**
 * Reads what `probe.sh` wrote, or a listing as people post it, also as a forum, a mail or an editor left it. What cannot be
 * read is a finding with its line; a newer probe may say more.
 */
export function readDump(
  file: string,
  content: string | Uint8Array,
): { readonly dump?: Dump; readonly diagnostics: readonly Diagnostic[] } {
  const lines = pastedLines(typeof content === 'string' ? new TextEncoder().encode(content) : content);
  const start = lines.findIndex(({ text }) => text.startsWith('phyllome hardware dump'));
  if (start >= 0) return readLines(file, lines.slice(start));
  // What is posted comes from strangers, and parts of it are shown: nothing in it may speak to a terminal.
  const odd = lines.find(({ text }) => /\p{Cc}/u.test(text));
  if (odd) return { diagnostics: [unreadable(file, odd)] };
  const dump = readListing(lines);
  return dump
    ? { dump, diagnostics: [] }
    : {
        diagnostics: [
          notADump(
            file,
            lines.find(({ text }) => text !== ''),
          ),
        ],
      };
}

/** Reads what `probe.sh` has just written: nobody pasted it anywhere. */
export function readProbe(file: string, content: string): ReturnType<typeof readDump> {
  const lines = content.trimEnd().split('\n');
  return readLines(
    file,
    lines.map((text, index) => ({ text, number: index + 1 })),
  );
}

function readLines(file: string, lines: readonly PastedLine[]): ReturnType<typeof readDump> {
  if (lines[0]?.text !== HEADER) return { diagnostics: [newerDump(file)] };
  const diagnostics: Diagnostic[] = [];
  const sections = Object.fromEntries(SECTIONS.map((name) => [name, {}])) as Record<string, Record<string, string>>;
  const functions: PciFunction[] = [];
  let disks: DumpedDisk[] | undefined;
  const messages: string[] = [];
  const unseen: string[] = [];
  let current = '';
  for (const line of unbroken(lines.slice(1))) {
    const { text } = line;
    const heading = /^\[([a-z]+)\]$/.exec(text)?.[1];
    if (heading !== undefined) {
      current = heading;
      if (heading === 'disks') disks = [];
    } else if (text === '' || text.startsWith('#')) continue;
    else if (/\p{Cc}/u.test(text)) diagnostics.push(unreadable(file, line));
    else if (current === 'pci') {
      const entry = readFunction(text);
      if (entry) functions.push(entry);
      else diagnostics.push(unreadable(file, line));
    } else if (current === 'disks') {
      const entry = readDisk(text);
      if (entry) disks?.push(entry);
      else diagnostics.push(unreadable(file, line));
    } else if (current === 'messages') messages.push(text);
    else {
      const [key, value] = text.split(/ =(?: (.*))?$/s, 2).map((part) => part ?? '');
      if (key === undefined || value === undefined) diagnostics.push(unreadable(file, line));
      else if (current === 'unseen') unseen.push(key);
      else sections[current] = { ...sections[current], [key]: value };
    }
  }
  if (diagnostics.length > 0) return { diagnostics };
  const section = (name: (typeof SECTIONS)[number]): Section => sections[name] ?? {};
  return {
    diagnostics,
    dump: {
      computer: section('computer'),
      firmware: section('firmware'),
      processor: section('processor'),
      memory: section('memory'),
      iommu: section('iommu'),
      kernel: section('kernel'),
      functions,
      ...(disks && { disks }),
      messages,
      unseen,
      unknown: [],
    },
  };
}

/** Mail breaks lines at some 70 columns: what begins nothing goes behind a long line. */
function unbroken(lines: readonly PastedLine[]): readonly PastedLine[] {
  const joined: PastedLine[] = [];
  let current = '';
  for (const line of lines) {
    const { text } = line;
    current = /^\[([a-z]+)\]$/.exec(text)?.[1] ?? current;
    const before = joined.at(-1);
    const begins =
      current === 'disks'
        ? / bytes=/.test(text)
        : current === 'pci'
          ? /^[0-9a-f]{4,5}:/.test(text)
          : / =(?: |$)/.test(text);
    const isRest = before && before.text.length > 50 && !begins && text !== '' && !/^[[#]/.test(text);
    if (isRest && current !== 'messages') joined[joined.length - 1] = { ...before, text: `${before.text} ${text}` };
    else joined.push(line);
  }
  return joined;
}

/** `NAME key=value flag list=a,b` */
function readWords(line: string) {
  const [name = '', ...words] = line.split(' ');
  const values = new Map(words.map((word) => word.split(/=(.*)/s, 2) as [string, string | undefined]));
  const list = (key: string) => (values.get(key) ?? '').split(',').filter((entry) => entry !== '');
  return { name, values, list };
}

function readDisk(line: string): DumpedDisk | undefined {
  const { name, values, list } = readWords(line);
  const sizeBytes = Number(values.get('bytes'));
  const sectorBytes = Number(values.get('sector'));
  if (!/^[\w!-]+$/.test(name) || !Number.isSafeInteger(sizeBytes) || !Number.isSafeInteger(sectorBytes))
    return undefined;
  return {
    name,
    sizeBytes,
    sectorBytes,
    bus: values.get('bus') ?? '',
    model: (values.get('model') ?? '').replaceAll('_', ' ').trim(),
    isRotational: values.has('rotational'),
    isRemovable: values.has('removable'),
    isReadOnly: values.has('read-only'),
    table: values.get('table') ?? '',
    // What cannot be seen may be something.
    holds: values.has('unknown-content') ? ['part'] : list('holds'),
    paths: list('paths'),
  };
}

function readFunction(line: string): PciFunction | undefined {
  const { name: address, values, list } = readWords(line);
  const id = values.get('id') ?? '';
  const kind = values.get('class') ?? '';
  const isAddress = /^[0-9a-f]{4,5}:[0-9a-f]{2}:[01][0-9a-f]\.[0-7]$/.test(address);
  if (!isAddress || !/^[0-9a-f]{4}:[0-9a-f]{4}$/.test(id) || !/^[0-9a-f]{6}$/.test(kind)) return undefined;
  const behind = values.get('behind');
  const driver = values.get('driver');
  const group = values.get('group');
  return {
    address,
    id,
    class: kind,
    ...(behind !== undefined && { behind }),
    ...(driver !== undefined && { driver }),
    ...(group !== undefined && { group: Number(group) }),
    wantsFirmware: values.has('wants-firmware'),
    isBootScreen: values.has('boot-vga'),
    reset: list('reset'),
    virtualFunctions: Number(values.get('virtual-functions')?.split('/')[1] ?? 0),
    isVirtualFunction: values.has('virtual-function'),
    mediated: list('mediated'),
    uses: list('uses').filter((use): use is Use => USES.includes(use)),
  };
}

const HOW =
  '`phyllome hardware probe` makes one; `sh scripts/hardware/probe.sh` does so without this program. Listings of IOMMU groups, `lspci -nnk`, inxi and `lshw -businfo` are read as well';

function notADump(file: string, first: PastedLine | undefined): Diagnostic {
  const message = `${file} is no description of a computer: it has neither the line \`${HEADER}\` nor a device that can be read`;
  const common = { code: 'not-a-dump', severity: 'error', message, hint: HOW } as const;
  return first === undefined ? common : { ...common, span: spanOf(file, first) };
}

function newerDump(file: string): Diagnostic {
  const message = `${file} is of a newer probe: this program reads \`${HEADER}\``;
  return { code: 'newer-dump', severity: 'error', message, hint: HOW };
}

function unreadable(file: string, line: PastedLine): Diagnostic {
  const message = /\p{Cc}/u.test(line.text)
    ? 'there are control characters in this line'
    : 'this line of the dump cannot be read';
  return { code: 'unreadable-line', severity: 'error', message, span: spanOf(file, line) };
}

function spanOf(file: string, { text, number }: PastedLine): Span {
  const place = (column: number) => ({ offset: 0, line: number, column });
  return { file, start: place(1), end: place(text.length + 1) };
}
