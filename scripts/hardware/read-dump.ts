import type { Diagnostic, Span } from '../diagnostic/index.ts';
import type { Dump, PciFunction, Section, Use } from './dump.ts';

const HEADER = 'phyllome hardware dump 1';
const SECTIONS = ['computer', 'firmware', 'processor', 'memory', 'iommu', 'kernel'] as const;
const USES: readonly string[] = ['system-disk', 'network', 'screen', 'keyboard'] satisfies readonly Use[];

/** Reads what `probe.sh` wrote. What it does not know is a finding with its line; a newer probe may say more. */
export function readDump(
  file: string,
  text: string,
): { readonly dump?: Dump; readonly diagnostics: readonly Diagnostic[] } {
  const lines = text.split(/\r?\n/);
  if (lines[0] !== HEADER) return { diagnostics: [notADump(file, lines[0] ?? '')] };
  const diagnostics: Diagnostic[] = [];
  const sections = Object.fromEntries(SECTIONS.map((name) => [name, {}])) as Record<string, Record<string, string>>;
  const functions: PciFunction[] = [];
  const messages: string[] = [];
  const unseen: string[] = [];
  let current = '';
  for (const [index, line] of lines.entries()) {
    const heading = /^\[([a-z]+)\]$/.exec(line)?.[1];
    if (heading !== undefined) current = heading;
    else if (index === 0 || line === '' || line.startsWith('#')) continue;
    // A dump comes from strangers, and parts of it are shown: nothing in it may speak to a terminal.
    else if (/\p{Cc}/u.test(line)) diagnostics.push(unreadable(file, index, line));
    else if (current === 'pci') {
      const entry = readFunction(line);
      if (entry) functions.push(entry);
      else diagnostics.push(unreadable(file, index, line));
    } else if (current === 'messages') messages.push(line);
    else {
      const [key, value] = line.split(/ = (.*)/s, 2);
      if (key === undefined || value === undefined) diagnostics.push(unreadable(file, index, line));
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
      ...{ functions, messages, unseen },
    },
  };
}

function readFunction(line: string): PciFunction | undefined {
  const [address = '', ...words] = line.split(' ');
  const values = new Map(words.map((word) => word.split(/=(.*)/s, 2) as [string, string | undefined]));
  const id = values.get('id') ?? '';
  const kind = values.get('class') ?? '';
  const isAddress = /^[0-9a-f]{4,5}:[0-9a-f]{2}:[01][0-9a-f]\.[0-7]$/.test(address);
  if (!isAddress || !/^[0-9a-f]{4}:[0-9a-f]{4}$/.test(id) || !/^[0-9a-f]{6}$/.test(kind)) return undefined;
  const list = (key: string) => (values.get(key) ?? '').split(',').filter((entry) => entry !== '');
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

function notADump(file: string, first: string): Diagnostic {
  const isNewer = first.startsWith('phyllome hardware dump');
  return {
    code: isNewer ? 'newer-dump' : 'not-a-dump',
    severity: 'error',
    message: isNewer
      ? `${file} is of a newer probe: this program reads \`${HEADER}\``
      : `${file} is no description of a computer: its first line is not \`${HEADER}\``,
    hint: '`phyllome hardware probe` makes one; `sh scripts/hardware/probe.sh` does so without this program',
  };
}

function unreadable(file: string, index: number, line: string): Diagnostic {
  const place = (column: number) => ({ offset: 0, line: index + 1, column });
  const span: Span = { file, start: place(1), end: place(line.length + 1) };
  return { code: 'unreadable-line', severity: 'error', message: 'this line of the dump cannot be read', span };
}
