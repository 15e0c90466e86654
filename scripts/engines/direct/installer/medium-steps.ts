import path from 'node:path';
import { outputOf, type Step } from '../../../plan/index.ts';
import { inNamespaces, inToolsTree, type Privilege, withLayers } from '../../../process/index.ts';
import { placeOf } from '../identifiers.ts';
import { writeStep } from '../write-step.ts';
import { fillDescription, type InstallerMedium, mediumJson } from './medium.ts';
import { installerTools } from './tools-stages.ts';

const tools = `${outputOf('tools')}/root`;
const programs = 'usr/lib/phyllome/installer';

/** Where the stage `id`, which makes the ISO from `tree`, keeps what becomes the installer's two files there. */
function placesOf(id: string) {
  const stage = outputOf(id);
  return { stage, tree: `${stage}/iso`, own: `${stage}/own`, hook: `${stage}/hook`, merged: `${stage}/with-tools` };
}

/** The file that names the volume by its place, until the stage's identifiers have their values. */
export function descriptionFile(id: string): string {
  return `${placesOf(id).own}/${programs}/medium.json`;
}

/** Writes what the medium has of its own besides packages. `volumeId`: name of the ISO's identifier. */
export function ownFilesSteps(id: string, medium: InstallerMedium, volumeId: string): Step[] {
  const { own, hook } = placesOf(id);
  const { description, program, kickstart, own: files } = medium;
  const hasKickstart = kickstart !== undefined;
  return [
    writeStep(
      'program',
      "Adding the installer's program",
      `${own}/${programs}/installer.js`,
      program.text,
      program.file,
    ),
    writeProgram('wrapper', "Adding the installer's command", `${own}/usr/bin/phyllome-install`, wrapper),
    writeProgram(
      'consoles',
      'Adding what shows it on every console',
      `${own}/${programs}/on-every-console`,
      files.onEveryConsole,
    ),
    writeStep('probe', 'Adding what describes a computer', `${own}/${programs}/probe.sh`, files.probe),
    writeStep(
      'description',
      'Describing what is installed',
      descriptionFile(id),
      mediumJson(description, { volumeId: placeOf(volumeId), hasKickstart }),
    ),
    ...(hasKickstart
      ? [
          writeStep(
            'flavour-kickstart',
            "Adding the flavour's kickstart",
            `${own}/${programs}/flavour.ks`,
            kickstart.text,
            kickstart.file,
          ),
        ]
      : []),
    ...[...files.inInitramfs].map(([name, text]) =>
      (name.endsWith('.sh') ? writeProgram : writeStep)(
        `hook-${kebab(name)}`,
        `Adding ${path.posix.basename(name)}`,
        `${hook}/${name}`,
        text,
      ),
    ),
  ];
}

/** Makes `LiveOS/installer.img` and `boot/installer.img` of it; the description's identifiers have their values by then. */
export function installerImagesSteps(id: string, privilege: Privilege): Step[] {
  const { stage, tree, own, hook, merged } = placesOf(id);
  const image = `${tree}/LiveOS/installer.img`;
  const facts = [`${outputOf('configure')}/facts/root-size`, `${outputOf('initramfs')}/listing`];
  return [
    {
      id: 'describe',
      title: 'Describing the finished system',
      argv: ['sh', '-euc', fillDescription, descriptionFile(id), ...facts],
      needs: [],
    },
    {
      id: 'installer-image',
      title: "Packing the installer's programs",
      argv: inNamespaces(
        privilege,
        withLayers(
          privilege,
          { target: merged, lower: [own, installerTools] },
          inToolsTree(tools, ['sh', '-euc', pack, merged, image], { write: [stage] }),
        ),
      ),
      needs: ['namespaces'],
    },
    {
      id: 'installer-initramfs',
      title: "Packing the installer's hook",
      argv: inToolsTree(tools, ['sh', '-euc', archive, hook, `${tree}/boot/installer.img`], { write: [stage] }),
      needs: [],
    },
  ];
}

/** What is left behind in the stage when the ISO is written. */
export const installerLeftovers = ['own', 'hook', 'with-tools'];

const wrapper = `#!/bin/sh
exec qjs --std -m /${programs}/installer.js "$@"
`;

/**
 * Older than any /usr that it is laid over: systemd would take a newer one for an updated system, and rebuild its caches.
 */
const pack = `mkdir -p "$(dirname "$1")"
exec mksquashfs "$0" "$1" -noappend -no-progress -quiet -all-root -all-time 0 -mkfs-time 0 -comp zstd -Xcompression-level 6`;

/** Kernels unpack archives one after the other, the later into what the earlier left. */
const archive = `cd "$0"; find . -mindepth 1 -exec touch -h -d @0 {} +
find . -mindepth 1 | LC_ALL=C sort | cpio --quiet --reproducible --create --format=newc --owner=0:0 --file="$1"`;

function writeProgram(id: string, title: string, target: string, content: string): Step {
  const script = 'umask 022; mkdir -p "$(dirname "$0")"; cat > "$0"; chmod 0755 "$0"';
  return { id, title, argv: ['sh', '-euc', script, target], stdin: content, needs: [] };
}

const kebab = (name: string): string =>
  path.posix
    .basename(name)
    .replace(/^\d+-/, '')
    .replaceAll(/[^a-z0-9]+/g, '-');
