import type { LockedPackage } from './lock-file.ts';

/** The name that apt gives the file of a package: `libc6_2%3a2.41-12_amd64.deb`. Files of RPM packages are called in the same way. */
export function archiveName(
  { name, version, architecture }: Omit<LockedPackage, 'size' | 'sha256' | 'path' | 'index'>,
  kind: 'deb' | 'rpm' = 'deb',
) {
  return `${name}_${version.replaceAll(':', '%3a')}_${architecture}.${kind}`;
}

/** A list of exact packages as engines take it, a line `FILE BYTES SHA256:SUM` each, sorted by bytes. */
export function listLines(packages: readonly LockedPackage[]): string {
  const lines = packages.map((one) => `${archiveName(one)} ${one.size} SHA256:${one.sha256}\n`);
  return lines.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))).join('');
}
