import { sizeInWords } from '../diagnostic/index.ts';
import type { LockedPackage, LockFile } from './lock-file.ts';

/**
 * What differs between two locks, in lines for people: packages that are new, gone or of another version, and what that
 * changes in size. Empty where every package is the same.
 */
export function differenceInWords(before: LockFile | undefined, now: LockFile): readonly string[] {
  return [
    ...ofList('the system', before?.packages, now.packages),
    ...ofList('what a medium that installs has besides', before?.installer, now.installer),
    ...ofList('the tools tree', before?.tools.packages, now.tools.packages),
  ];
}

function ofList(
  what: string,
  before: readonly LockedPackage[] = [],
  now: readonly LockedPackage[] = [],
): readonly string[] {
  const old = byName(before);
  const fresh = byName(now);
  const names = [...new Set([...old.keys(), ...fresh.keys()])].sort();
  const lines = names.flatMap((name) => line(name, old.get(name), fresh.get(name)));
  if (lines.length === 0) return [];
  const bytes = sum(now) - sum(before);
  const all = `${now.length} packages, ${sizeInWords(sum(now))} to fetch`;
  return [
    `In ${what}: ${all}${before.length === 0 ? '' : ` (${now.length - before.length >= 0 ? '+' : '−'}${Math.abs(now.length - before.length)}, ${signed(bytes)})`}`,
    ...(before.length === 0 ? [] : lines),
  ];
}

function line(name: string, before: LockedPackage | undefined, now: LockedPackage | undefined): readonly string[] {
  if (before === undefined)
    return now === undefined ? [] : [`  new: ${name} ${now.version} (${sizeInWords(now.size)})`];
  if (now === undefined) return [`  gone: ${name} ${before.version} (${sizeInWords(before.size)})`];
  const change = before.size === now.size ? '' : ` (${signed(now.size - before.size)})`;
  if (before.version !== now.version) return [`  ${name}: ${before.version} → ${now.version}${change}`];
  // Debian never does so: somebody else's archive may.
  if (before.sha256 !== now.sha256) return [`  ${name} ${now.version}: other content under the same version${change}`];
  return [];
}

const byName = (packages: readonly LockedPackage[]) => new Map(packages.map((one) => [one.name, one]));
const sum = (packages: readonly LockedPackage[]) => packages.reduce((bytes, { size }) => bytes + size, 0);
const signed = (bytes: number) => `${bytes < 0 ? '−' : '+'}${sizeInWords(Math.abs(bytes))}`;
