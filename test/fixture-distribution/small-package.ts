import { type DebianPackage, readDebianPackage } from './debian-package.ts';

/** A Debian package with files, as its own programs would tell of it. Directories end with a slash, links have ` -> ` in them. */
export function debianPackage(fields: string, paths: readonly string[] = [], configuration = ''): DebianPackage {
  const more = ['Version: 1:2.3-4', 'Architecture: amd64', 'Description: a sample'].filter(
    (line) => !fields.includes(line.slice(0, line.indexOf(':') + 1)),
  );
  return readDebianPackage([fields, ...more, ''].join('\n'), configuration, listing(paths));
}

function listing(paths: readonly string[]): string {
  return paths
    .map((one) => {
      const letter = one.endsWith('/') ? 'd' : one.includes(' -> ') ? 'l' : '-';
      return `${letter}rwxr-xr-x 0/0             120 2026-04-13 19:38 .${one}\n`;
    })
    .join('');
}
