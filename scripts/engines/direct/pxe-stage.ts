import { type CachedStage, outputOf, writeInputTo } from '../../plan/index.ts';
import type { LiveIso } from './live-iso.ts';
import { squashfsFile } from './squashfs-stage.ts';

/** Names of what a server offers, the script that the firmware starts first. */
export const pxeFiles = ['boot.ipxe', 'vmlinuz', 'initrd.img', 'root.squashfs'] as const;

/**
 * What a server needs that starts computers over the network: a directory for HTTP or TFTP. The firmware fetches the root file
 * system as well and puts it beside the initramfs, so that this needs no network, no program that fetches and no address: the same
 * files start from any server.
 */
export function pxeStage(system: Pick<LiveIso, 'title' | 'kernelArguments' | 'rootBytes'>): CachedStage {
  const stage = outputOf('pxe');
  const initramfs = outputOf('initramfs');
  return {
    id: 'pxe',
    title: 'Network boot files',
    key: { values: [], stages: ['configure', 'root-tree', 'initramfs', 'squashfs'], files: [] },
    reuse: { kind: 'always' },
    // The root file system, half of the tree, and the initramfs.
    estimatedBytes: system.rootBytes / 2 + 80e6,
    steps: [
      {
        id: 'script',
        title: 'Writing the script for iPXE',
        argv: writeInputTo(`${stage}/boot.ipxe`),
        stdin: ipxeScript(system.title, system.kernelArguments),
        needs: [],
      },
      {
        id: 'files',
        title: 'Adding kernel, initramfs and root file system',
        argv: [
          'sh',
          '-euc',
          'cp "$1/vmlinuz" "$1/initrd.img" "$0/"; cp --reflink=auto "$2" "$0/root.squashfs"',
          stage,
          initramfs,
          squashfsFile,
        ],
        needs: [],
      },
      {
        id: 'facts',
        title: 'Measuring',
        argv: ['sh', '-euc', 'cd "$0"; shift; sha256sum "$@" > sums', stage, 'sh', ...pxeFiles],
        needs: [],
      },
    ],
  };
}

/** The name that the root file system has in the initramfs: dracut takes a file for one by its end. */
const rootFile = '/root.img';

/**
 * Addresses are relative to the script's own. `initrd=initrd.magic` is what older iPXE calls all that it fetched, to kernels that
 * are started by UEFI.
 */
export function ipxeScript(title: string, kernelArguments: readonly string[]): string {
  const commandLine = [
    'initrd=initrd.magic',
    `root=live:${rootFile}`,
    'rd.live.image',
    'rd.live.overlay.overlayfs=1',
    ...kernelArguments,
  ];
  return `${[
    '#!ipxe',
    `# ${title}: offer this directory by HTTP or TFTP, and let iPXE chain this file.`,
    `kernel vmlinuz ${commandLine.map(quoteForIpxe).join(' ')}`,
    'initrd initrd.img',
    `initrd root.squashfs ${rootFile}`,
    'boot',
  ].join('\n')}\n`;
}

/** One word for iPXE's shell: inside single quotes nothing is special. */
function quoteForIpxe(word: string): string {
  return /^[\w=:,./@+%-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
