import { readFile } from 'node:fs/promises';
import { portNames } from '../machine/arguments.ts';

/** Slice that all of the lab's own units run in: what they cost can be told apart. */
export const labSlice = 'phyllome.slice/phyllome-lab.slice';

/** Units that the lab adds to the image under test. Checks leave them out. */
export const injectedUnits: readonly string[] = [
  'phyllome-lab-agent.service',
  'phyllome-lab-journal.service',
  'phyllome-lab-guard.service',
  'phyllome-lab-share.service',
  'phyllome-lab.slice',
  'phyllome.slice',
];

/**
 * Kernel memory that the lab's virtio ports cost the guest, in MiB: virtio_console keeps a page for each of the 1024 slots
 * of its receive queues, one queue for control and one for each of the two ports. (Counted with slab_debug=U,kmalloc-4k
 * under Linux 6.12 and QEMU 10; no cgroup is charged for it.)
 */
export const portBuffersMiB = ((1 + 2) * 1024 * 4096) / 1024 ** 2;

/**
 * SMBIOS type 11 strings that make an unmodified image (systemd 256 or newer) start the lab's two units.
 * They are system credentials: `systemd.extra-unit.NAME` adds a unit, `systemd.unit-dropin.NAME` a fragment to one.
 */
export async function injectedCredentials(): Promise<string[]> {
  const dropIn = '[Unit]\nWants=phyllome-lab-agent.service phyllome-lab-journal.service\n';
  return [
    credential(
      'systemd.extra-unit.phyllome-lab-agent.service',
      labUnit(
        'Phyllome lab: agent',
        `/dev/virtio-ports/${portNames.agent}`,
        await readFile(new URL('agent.sh', import.meta.url), 'utf8'),
      ),
    ),
    credential(
      'systemd.extra-unit.phyllome-lab-journal.service',
      labUnit(
        'Phyllome lab: journal',
        `/dev/virtio-ports/${portNames.journal}`,
        await readFile(new URL('journal.sh', import.meta.url), 'utf8'),
      ),
    ),
    credential('systemd.unit-dropin.sysinit.target', dropIn),
  ];
}

/**
 * Starts early and on its own, so that a boot which gets stuck can still be asked. The script is bash's standard input,
 * because `$` and `%` would be expanded in ExecStart. The initramfs sees the credentials too and must leave them alone.
 */
export function labUnit(description: string, argument: string, script: string): string {
  return `[Unit]
Description=${description}
DefaultDependencies=no
ConditionPathExists=!/etc/initrd-release
Conflicts=shutdown.target
Before=shutdown.target

[Service]
ExecStart=bash -s ${argument}
StandardInput=data
StandardInputData=${Buffer.from(script).toString('base64')}
Slice=phyllome-lab.slice
OOMScoreAdjust=-900
`;
}

/** A system credential as an SMBIOS type 11 string. */
export function credential(name: string, content: string): string {
  return `io.systemd.credential.binary:${name}=${Buffer.from(content).toString('base64')}`;
}
