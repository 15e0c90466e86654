import type { LockFile } from './lock-file.ts';

/** A lock as the text of its file: what is in a list has a line each, so that two of them can be compared line by line. */
export function lockText(lock: LockFile): string {
  const { format, flavour, base, hardware, request, indexes, packages, installer, tools } = lock;
  // In the order in which people read it, whoever made the value.
  const ordered = {
    format,
    flavour,
    base,
    hardware,
    request,
    indexes,
    packages: packages.toSorted(byName),
    installer: installer?.toSorted(byName),
    tools: { ...tools, packages: tools.packages.toSorted(byName) },
  };
  return `${textOf(ordered, '')}\n`;
}

interface Named {
  readonly name: string;
  readonly architecture: string;
}

function byName(a: Named, b: Named): number {
  const [one, other] = [`${a.name} ${a.architecture}`, `${b.name} ${b.architecture}`];
  return one < other ? -1 : one > other ? 1 : 0;
}

function textOf(value: unknown, indent: string): string {
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((one) => deeper + inOneLine(one)).join(',\n')}\n${indent}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return `{\n${entries.map(([key, one]) => `${deeper}${JSON.stringify(key)}: ${textOf(one, deeper)}`).join(',\n')}\n${indent}}`;
}

/** Strings hold no line ends as they are written. */
const inOneLine = (value: unknown) => JSON.stringify(value, null, 1).replaceAll(/\n */g, ' ');
