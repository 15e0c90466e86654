import { readFileSync } from 'node:fs';
import type { InstallationDisk } from '../../../flavour/index.ts';
import type { KnownComputer } from '../../../hardware/index.ts';
import { placeOf } from '../identifiers.ts';

/** What makes a live ISO one that installs its own root tree. */
export interface InstallerMedium {
  readonly description: MediumDescription;
  /** One ECMAScript module for QuickJS. */
  readonly program: WrittenText;
  /** Of the flavour; absent where it holds a secret: anybody may read a medium. */
  readonly kickstart?: WrittenText;
  readonly own: OwnFiles;
}

/** A text, and a file that holds the same for whoever reads a plan: it is too long to be printed there. */
export interface WrittenText {
  readonly text: string;
  readonly file: string;
}

/** What is known of a medium before it is made. */
export interface MediumDescription {
  readonly title: string;
  readonly flavour: string;
  readonly base: string;
  /** Of the installed system. */
  readonly kernelArguments: readonly string[];
  /** Seconds that the installed system's boot menu waits. */
  readonly menuTimeout: number;
  readonly components: readonly string[];
  /** Which disk is taken where answers name none. */
  readonly installationDisk?: InstallationDisk;
  /** Those that have a hardware profile. */
  readonly computers: readonly KnownComputer[];
}

/** Names of what only the finished image knows of a medium. */
const placesOfNumbers = {
  rootBytes: 'root-bytes',
  crypt: 'has-crypt',
  lvm: 'has-lvm',
  tpm2: 'has-tpm2',
  raid: 'has-raid',
  btrfs: 'has-btrfs',
  xfs: 'has-xfs',
} as const;
const kernelVersion = 'kernel-version';

/**
 * `medium.json`, by which the program knows what it installs. `format` changes when something that it reads does.
 * `volumeId`: of the ISO.
 */
export function mediumJson(
  { title, flavour, base, kernelArguments, menuTimeout, components, computers, installationDisk }: MediumDescription,
  { volumeId, hasKickstart }: { readonly volumeId: string; readonly hasKickstart: boolean },
): string {
  const { rootBytes, ...features } = placesOfNumbers;
  const content = {
    format: 1,
    title,
    flavour,
    base,
    kernelArguments,
    menuTimeout,
    rootBytes: placeOf(rootBytes),
    kernelVersion: placeOf(kernelVersion),
    components,
    ...(installationDisk && { installationDisk }),
    computers,
    volumeId,
    initramfs: Object.fromEntries(Object.entries(features).map(([feature, name]) => [feature, placeOf(name)])),
    ...(hasKickstart && { kickstart: 'flavour.ks' }),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** $0: the description; $1: file with the root tree's size; $2: `lsinitrd`'s listing of the initramfs. */
export const fillDescription = [
  'modules=$(sed -n "/^dracut modules:/,/^===/p" "$2")',
  'has() { if echo "$modules" | grep -qxF "$1"; then echo true; else echo false; fi; }',
  'holds() { if grep -q "/$1[.]ko" "$2"; then echo true; else echo false; fi; }',
  // A number or a truth value has no quotes in JSON.
  'value() { sed -i "s/\\"@phyllome-$1@\\"/$2/" "$description"; }',
  'description=$0',
  `value ${placesOfNumbers.rootBytes} "$(cat "$1")"`,
  `value ${placesOfNumbers.crypt} "$(has systemd-cryptsetup)"`,
  `value ${placesOfNumbers.lvm} "$(has lvm)"`,
  `value ${placesOfNumbers.tpm2} "$(has tpm2-tss)"`,
  `value ${placesOfNumbers.raid} "$(has mdraid)"`,
  `value ${placesOfNumbers.btrfs} "$(holds btrfs "$2")"`,
  `value ${placesOfNumbers.xfs} "$(holds xfs "$2")"`,
  'version=$(sed -n "s|.* usr/lib/modules/\\([^/ ]*\\)/.*|\\1|p" "$2" | sort -u)',
  'test "$(echo "$version" | wc -w)" = 1 || { echo "the initramfs has not exactly one kernel: $version" >&2; exit 1; }',
  `sed -i "s/${placeOf(kernelVersion)}/$version/" "$0"`,
  // A place that nothing has filled would reach the program as a word.
  '! grep -n "@phyllome-" "$0"',
].join('\n');

/** Files of this folder that go onto a medium. */
export interface OwnFiles {
  /** By their names: the hook, the units and what these run. */
  readonly inInitramfs: ReadonlyMap<string, string>;
  readonly onEveryConsole: string;
  /** Describes the computer as a host for guests. */
  readonly probe: string;
}

const names = [
  'phyllome-installer.target',
  'phyllome-installer.service',
  'phyllome-installer-dialog@.service',
  'phyllome-installer-shell@.service',
  'shell',
];
/** It is found where dracut's own hooks are, in Debian as in Fedora. */
const hook = '30-phyllome-installer.sh';

/** @throws when this checkout is not whole */
export function readOwnFiles(): OwnFiles {
  const text = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
  const read = (name: string) => text(`on-medium/${name}`);
  return {
    inInitramfs: new Map([
      [`var/lib/dracut/hooks/pre-pivot/${hook}`, read(hook)],
      ...names.map((name) => [`usr/lib/phyllome-installer/${name}`, read(name)] as const),
    ]),
    onEveryConsole: read('on-every-console'),
    probe: text('../../../hardware/probe.sh'),
  };
}
