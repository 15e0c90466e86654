import { exactSize } from '../../diagnostic/index.ts';
import type { BuildManifest } from '../../image/index.ts';
import type { BuiltSide } from '../built-side.ts';
import type { Contents, FileRecord } from '../contents.ts';
import type { BuiltPart, BuiltProfile } from './built-parts.ts';

/** What is known of one image. Files and their owners are compared in pairs, and are not in it. */
export function builtProfile({ manifest, dossier }: Pick<BuiltSide, 'manifest' | 'dossier'>): BuiltProfile {
  const unknown = manifest.unknown ?? [];
  const parts: (readonly [BuiltPart, ReadonlyMap<string, string>])[] = [
    ['kernel arguments', new Map(manifest.kernelArguments.map((argument) => [argument, '']))],
  ];
  if (!unknown.includes('packages')) parts.push(['packages', versions(manifest.packages)]);
  if (!unknown.includes('sizes')) parts.push(['sizes', sizes(manifest, dossier?.files)]);
  if (dossier === undefined) {
    if (!unknown.includes('units')) parts.push(['units', presetUnits(manifest)]);
    return new Map(parts);
  }
  const { contents, files } = dossier;
  parts.push(
    ['units', units(contents)],
    ['kernel settings', new Map(contents.sysctls.map(({ name, value }) => [name, value]))],
    ['users', users(contents)],
    ['groups', new Map(contents.groups.map(({ name, id, members }) => [name, [id, ...members].join(' ')]))],
    ['tools that made it', versions([...contents.tools, { name: 'node', version: contents.node, architecture: '' }])],
    ['setuid and setgid files', modesOf(files, isSetuid)],
    ['places that anybody can write to', modesOf(files, isOpen)],
    ['file capabilities', new Map(files.flatMap(({ path, capabilities: held }) => (held ? [[path, held]] : [])))],
  );
  return new Map(parts);
}

/** A directory with the bit only hands its group on. */
export const isSetuid = ({ type, mode }: FileRecord): boolean => type === 'file' && (octal(mode) & 0o6000) !== 0;

export const isOpen = ({ type, mode }: FileRecord): boolean => type !== 'link' && (octal(mode) & 0o002) !== 0;

const octal = (mode: string) => Number.parseInt(mode, 8);

/** `0644 root:root` */
export const ownership = ({ mode, owner }: FileRecord): string => `${mode} ${owner}`;

function modesOf(files: readonly FileRecord[], chosen: (file: FileRecord) => boolean): ReadonlyMap<string, string> {
  return new Map(files.filter(chosen).map((file) => [file.path, ownership(file)]));
}

/** One of several architectures has it in its name. */
function versions(packages: BuildManifest['packages']): ReadonlyMap<string, string> {
  const names = new Map<string, number>();
  for (const { name } of packages) names.set(name, (names.get(name) ?? 0) + 1);
  return new Map(
    packages.map(({ name, version, architecture }) => [
      names.get(name) === 1 ? name : `${name}:${architecture}`,
      version,
    ]),
  );
}

/** Of units that are only started by others nothing can be said but that they are there. */
const TOLD_STATES = /^(?:enabled|disabled|masked|linked)/;

function units({ units: all }: Contents): ReadonlyMap<string, string> {
  return new Map(
    all
      .filter(({ state }) => TOLD_STATES.test(state))
      .map(({ name, scope, state, preset }) => [
        `${name}${scope === 'user' ? ' (user)' : ''}`,
        preset === '-' || preset === state ? state : `${state}, though the preset says ${preset}`,
      ]),
  );
}

function presetUnits({ units: system, userUnits }: BuildManifest): ReadonlyMap<string, string> {
  return new Map([
    ...system.map(({ name, state }): [string, string] => [name, state]),
    ...userUnits.map(({ name, state }): [string, string] => [`${name} (user)`, state]),
  ]);
}

function users({ users: all }: Contents): ReadonlyMap<string, string> {
  return new Map(
    all.map(({ name, id, group, home, shell, password }) => [
      name,
      [`${id}:${group}`, home, shell, password].join(' '),
    ]),
  );
}

/** What a tree takes on disk hangs on how its directories grew: where files are known, they are counted. */
function sizes({ sizes: of, outputs }: BuildManifest, files?: readonly FileRecord[]): ReadonlyMap<string, string> {
  const { rootBytes, squashfsBytes, initramfsBytes, kernelBytes } = of;
  return new Map([
    ['root tree', exactSize(files?.reduce((sum, { size }) => sum + size, 0) ?? rootBytes)],
    ...(squashfsBytes === undefined ? [] : [['live root file system', exactSize(squashfsBytes)] as const]),
    ['initramfs', exactSize(initramfsBytes)],
    ['kernel', exactSize(kernelBytes)],
    ...outputs.flatMap(({ output, files: [first] }) => (first ? [[output, exactSize(first.sizeBytes)] as const] : [])),
  ]);
}
