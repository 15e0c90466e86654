import type { PostureKind } from '../../flavour/index.ts';
import { isOpen, isSetuid, ownership } from '../compare/built-profile.ts';
import type { Contents, FileRecord } from '../contents.ts';
import type { Dossier } from '../read-facts.ts';

/** What weakens a system, as it is in an image. */
export interface WeakPoint {
  readonly kind: PostureKind;
  readonly name: string;
  readonly is: string;
  /** The package that it is of; absent where nobody's. */
  readonly package?: string;
}

/** Members become root by these: by a program that asks no more, by devices with everybody's data, or by what runs as root. */
const ROOT_GROUPS = [
  'root',
  'sudo',
  'wheel',
  'admin',
  'disk',
  'kmem',
  'shadow',
  'libvirt',
  'docker',
  'lxd',
  'incus-admin',
];

/** `systemd-analyze` calls what is above exposed, and above 9 unsafe. */
export const EXPOSED = 7;

/** What somebody should have a reason for: by kind, then by name. */
export function weakPoints({ contents, files }: Dossier): readonly WeakPoint[] {
  const owners = new Map(files.map((file) => [file.path, file.package]));
  return [
    ...files.flatMap(ofFile),
    ...groups(contents),
    ...contents.sysctls.map(({ name, value, file }): WeakPoint => {
      const owner = owners.get(file);
      return { kind: 'setting', name, is: value, ...(owner !== undefined && { package: owner }) };
    }),
    ...exposed(contents, owners),
  ];
}

function ofFile(file: FileRecord): readonly WeakPoint[] {
  const words = [
    ...(isSetuid(file) || isOpen(file) ? [ownership(file)] : []),
    ...(file.capabilities ? [file.capabilities] : []),
  ];
  if (words.length === 0) return [];
  return [
    {
      kind: 'file',
      name: file.path,
      is: words.join(' '),
      ...(file.package !== undefined && { package: file.package }),
    },
  ];
}

/** Groups that amount to root and have members, root aside: named ones, and those whose own group it is. */
function groups({ groups: all, users }: Contents): readonly WeakPoint[] {
  return all
    .filter(({ name }) => ROOT_GROUPS.includes(name))
    .flatMap(({ name, id, members }): readonly WeakPoint[] => {
      const own = users.filter((user) => user.group === id).map((user) => user.name);
      const inside = [...new Set([...members, ...own])].filter((user) => user !== 'root').sort();
      return inside.length === 0 ? [] : [{ kind: 'group', name, is: inside.join(', ') }];
    });
}

/** Services that are started, by themselves or by a socket of theirs, and are kept from little. */
function exposed(
  { exposures = [], units }: Contents,
  owners: ReadonlyMap<string, string | undefined>,
): readonly WeakPoint[] {
  const started = new Set(
    units.filter(({ scope, state }) => scope === 'system' && /^enabled/.test(state)).map(({ name }) => name),
  );
  return exposures
    .filter(({ unit, exposure }) => {
      const socket = unit.replace(/service$/, 'socket');
      return exposure > EXPOSED && (started.has(unit) || started.has(socket));
    })
    .map(({ unit, exposure }): WeakPoint => {
      const owner = owners.get(`/usr/lib/systemd/system/${unit}`);
      return { kind: 'unit', name: unit, is: exposure.toFixed(1), ...(owner !== undefined && { package: owner }) };
    });
}
