import { archiveName } from '../package-lock/index.ts';
import { builtUsing } from './built-using.ts';
import type { ContentsPackage } from './contents.ts';

/**
 * Packages of a tree's database, dpkg's or rpm's, of which each line has the fields that the direct engine's `inventory.ts` asks for; of
 * `licences`, lines `PACKAGE <tab> NAME`; and of the lock, lines `FILE BYTES SHA256:SUM`.
 */
export function packagesOf(listed: string, licences: string, lock: string): readonly ContentsPackage[] {
  const named = new Map<string, string[]>();
  for (const line of linesOf(licences)) {
    const [name = '', licence = ''] = line.split('\t');
    if (licence !== '') named.set(name, [...(named.get(name) ?? []), licence]);
  }
  const debs = new Map(linesOf(lock).flatMap(lockedPackage));
  const kind = /[.]rpm /.test(lock) ? ('rpm' as const) : undefined;
  return linesOf(listed).map((line) => {
    const [
      name = '',
      version = '',
      architecture = '',
      source,
      sourceVersion,
      size,
      maintainer,
      homepage,
      ...relations
    ] = line.split('\t');
    const [before = '', depends = '', recommends = '', provides = '', essential, using, linked = ''] = relations;
    const one = { name, version, architecture };
    const deb = debs.get(archiveName(one, kind));
    return {
      ...(kind && { kind }),
      name,
      version,
      architecture,
      source: source ?? name,
      sourceVersion: sourceVersion ?? version,
      installedKiB: Number(size),
      maintainer: maintainer ?? '',
      ...(homepage !== undefined && homepage !== '' && { homepage }),
      licences: named.get(name) ?? [],
      ...(deb !== undefined && { sha256: deb.sha256, debBytes: deb.bytes }),
      ...(using !== undefined && { builtUsing: builtUsing(`${using}, ${linked}`) }),
      depends: [...alternatives(before), ...alternatives(depends)],
      recommends: alternatives(recommends),
      provides: alternatives(provides).flat(),
      ...(essential === 'yes' && { essential: true }),
    };
  });
}

const linesOf = (text: string) => text.split('\n').filter((line) => line !== '');

interface Deb {
  readonly sha256: string;
  readonly bytes: number;
}

function lockedPackage(line: string): readonly (readonly [string, Deb])[] {
  const [, file, bytes, sha256] = /^(\S+) (\d+) SHA256:([0-9a-f]{64})/.exec(line) ?? [];
  return file === undefined || sha256 === undefined ? [] : [[file, { sha256, bytes: Number(bytes) }]];
}

/** `a (>= 1) | b:any, c` → `[[a, b], [c]]` */
function alternatives(relation: string): readonly (readonly string[])[] {
  return relation
    .split(',')
    .map((part) => part.split('|').map((one) => one.trim().replace(/[ (:[].*$/, '')))
    .filter(([first]) => first !== '');
}
