import { createHash } from 'node:crypto';
import { PackageURL } from 'packageurl-js';
import { isPast, type VulnerabilityStatement } from '../../flavour/index.ts';
import type { BuildManifest } from '../../image/index.ts';
import type { Contents, ContentsPackage, ToolPackage } from '../contents.ts';
import type { Dossier } from '../read-facts.ts';
import { type Declared, declaredLicence } from './licences.ts';

/** What a bill of materials says, whichever format it is written in. The same image has the same. */
export interface Bill {
  /** `phyllome-headless-debian-13` */
  readonly name: string;
  /** Follows from what was built. */
  readonly uuid: string;
  /** That of the newest package. */
  readonly time: string;
  readonly images: readonly BillFile[];
  readonly packages: readonly BillPackage[];
  /** In the image, but not of its packages: taken from the tools tree. */
  readonly loaders: readonly BillTool[];
  /** The kickstart, and the files that components add. */
  readonly files: readonly BillFile[];
  /** About vulnerabilities, as far as they counted at the time of the newest package. */
  readonly statements: readonly BillStatement[];
  /** What made it. */
  readonly tools: readonly BillTool[];
}

export interface BillStatement extends VulnerabilityStatement {
  /** Those that it is about. */
  readonly packages: readonly BillPackage[];
}

export interface BillPackage extends BillTool {
  readonly source: string;
  readonly sourceVersion: string;
  readonly homepage?: string;
  readonly supplier: Supplier;
  readonly licence?: Declared;
  readonly sha256?: string;
  readonly isFirmware: boolean;
  /** Names of packages in the bill. */
  readonly dependsOn: readonly string[];
}

export interface BillTool {
  readonly name: string;
  readonly version: string;
  /** Absent where it is no package. */
  readonly purl?: string;
}

export interface BillFile {
  readonly name: string;
  readonly sha256: string;
  /** Where it comes from, in words. */
  readonly from: string;
}

export interface Supplier {
  readonly name: string;
  readonly email?: string;
}

/** Programs of the tools tree that have a part in every image. */
const MAKERS = [
  'bubblewrap',
  'dosfstools',
  'e2fsprogs',
  'grub-common',
  'mmdebstrap',
  'mtools',
  'qemu-utils',
  'squashfs-tools',
  'systemd-repart',
  'xorriso',
];

/** Of the computer's devices, and what guests start by. */
const FIRMWARE = /^\/usr\/(?:lib\/(?:firmware|ipxe)|share\/(?:OVMF|seabios))\/./;

/** What media and disks start by. */
const LOADERS = ['grub-efi-amd64-signed', 'grub-pc-bin', 'shim-signed'];

export function billOf(
  manifest: BuildManifest,
  { contents, files }: Dossier,
  kickstart: { readonly name: string; readonly text: string } | undefined,
): Bill {
  const distribution = manifest.base;
  const firmware = new Set(files.flatMap((file) => (FIRMWARE.test(file.path) ? [file.package] : [])));
  const providers = providersIn(contents.packages);
  const asTools = (tools: readonly ToolPackage[]) =>
    tools.map((tool) => ({ ...named(tool), purl: purlOf(tool, 'debian-13') }));
  const packages = contents.packages.map(
    (one): BillPackage => ({
      ...named(one),
      purl: purlOf(one, distribution),
      source: one.source,
      sourceVersion: one.sourceVersion,
      ...(one.homepage !== undefined && { homepage: one.homepage }),
      supplier: supplierOf(one.maintainer),
      ...licenceOf(one.licences),
      ...(one.sha256 !== undefined && { sha256: one.sha256 }),
      isFirmware: firmware.has(one.name),
      dependsOn: dependenciesOf(one, providers),
    }),
  );
  const time = `${new Date(contents.newestPackage * 1000).toISOString().slice(0, 19)}Z`;
  const counting = (manifest.vulnerabilities ?? []).filter(({ until }) => !isPast(until, time.slice(0, 10)));
  return {
    name: `phyllome-${manifest.flavour}-${manifest.base}`,
    uuid: uuidOf(manifest),
    time,
    images: manifest.outputs.flatMap(({ output, files: made }) =>
      made.map(({ file, sha256 }) => ({ name: file, sha256, from: `output ${output}` })),
    ),
    packages,
    loaders: asTools(loadersIn(manifest, contents)),
    files: [
      ...(kickstart
        ? [{ name: kickstart.name, sha256: sha256(kickstart.text), from: 'the kickstart that it was made of' }]
        : []),
      ...manifest.files.map(({ path, sha256: sum, component, source }) => ({
        name: path,
        sha256: sum,
        from: `component ${component}: ${source}`,
      })),
    ],
    statements: counting.map(({ file: _, line: __, ...statement }) => ({
      ...statement,
      packages: packages.filter((one) => [one.name, one.source].includes(statement.package)),
    })),
    tools: [
      { name: 'phyllome', version: contents.phyllome },
      { name: 'node', version: contents.node.replace(/^v/, '') },
      ...asTools(contents.tools.filter(({ name }) => MAKERS.includes(name))),
    ],
  };
}

/** Of the tools tree's packages those that are in an image, for its start. */
export function loadersIn(
  { outputs }: Pick<BuildManifest, 'outputs'>,
  { tools, packages }: Pick<Contents, 'tools' | 'packages'>,
) {
  const isStarted = outputs.some(({ output }) => output !== 'oci' && output !== 'pxe');
  // For UEFI, a system of RPM packages has its distribution's own.
  const wanted = packages.some(({ kind }) => kind === 'rpm') ? ['grub-pc-bin'] : LOADERS;
  return isStarted ? tools.filter(({ name }) => wanted.includes(name)) : [];
}

const named = ({ name, version }: ToolPackage) => ({ name, version });

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function purlOf({ name, version, architecture, kind }: ToolPackage & Pick<ContentsPackage, 'kind'>, distro: string) {
  if (kind === 'rpm') {
    const [, epoch, rest = version] = /^(\d+):(.*)$/.exec(version) ?? [];
    const more = { arch: architecture, ...(epoch !== undefined && { epoch }), distro };
    return new PackageURL('rpm', distro.replace(/-[^-]*$/, ''), name, rest, more, undefined).toString();
  }
  return new PackageURL('deb', 'debian', name, version, { arch: architecture, distro }, undefined).toString();
}

function licenceOf(names: readonly string[]): { readonly licence?: Declared } {
  const licence = declaredLicence(names);
  return licence === undefined ? {} : { licence };
}

function supplierOf(maintainer: string): Supplier {
  const [, name = maintainer, email] = /^"?(.*?)"?\s*<([^>]*)>/.exec(maintainer) ?? [];
  return { name: name === '' ? (email ?? '') : name, ...(email !== undefined && { email }) };
}

function providersIn(packages: readonly ContentsPackage[]): ReadonlyMap<string, string> {
  const providers = new Map<string, string>();
  for (const { name, provides } of packages) for (const word of provides) providers.set(word, name);
  for (const { name } of packages) providers.set(name, name);
  return providers;
}

/** Of alternatives the first that is there. */
function dependenciesOf({ name, depends }: ContentsPackage, providers: ReadonlyMap<string, string>): readonly string[] {
  const found = depends.flatMap((any) => any.flatMap((word) => providers.get(word) ?? []).slice(0, 1));
  return [...new Set(found)].filter((other) => other !== name).sort();
}

/** Version 8 of RFC 9562: the maker's own scheme. */
function uuidOf({ inputHash, outputs }: BuildManifest): string {
  const hash = sha256([inputHash, ...outputs.flatMap(({ files }) => files.map((file) => file.sha256))].join(' '));
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
