import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ReportedError } from '../../diagnostic/index.ts';
import type { DiskFormat } from '../../image/index.ts';
import { inToolsTree, type Runner } from '../../process/index.ts';
import type { DiskFiles } from './disk-arguments.ts';
import { imagesOf, isLayered, isServedWhole, type Medium, type Topology } from './topology.ts';

export interface DiskFilesOptions {
  readonly topology: Topology;
  readonly toolsRoot: string;
  readonly runner: Runner;
  /** The machine's own; absolute. */
  readonly directory: string;
  /** Also a place for snapshots of the machine's state. */
  readonly snapshots: boolean;
}

/** Makes what the disks and the medium of a topology need, with the tools tree's programs. */
export async function prepareDiskFiles(options: DiskFilesOptions): Promise<DiskFiles> {
  const { medium, disks } = options.topology;
  const at = (name: string) => path.join(options.directory, name);
  const files = disks.map(({ holds, keeps }, index) =>
    keeps === true && holds !== undefined ? holds : at(`disk${index}.qcow2`),
  );
  const layered = isLayered(medium);
  for (const [index, { sizeMiB, holds, keeps }] of disks.entries()) {
    if (keeps !== true) await createImage(options, [...over(holds), files[index] ?? '', `${sizeMiB}M`]);
  }
  // What is in a snapshot lies beyond the visible size.
  if (options.snapshots) await createImage(options, [at('state.qcow2'), '1M']);
  if (layered) {
    const size = 'sizeMiB' in medium && medium.sizeMiB !== undefined ? [`${medium.sizeMiB}M`] : [];
    const format = 'format' in medium ? medium.format : undefined;
    await createImage(options, [...over(medium.file, format), at('layer.qcow2'), ...size]);
  }
  const isWhole = isServedWhole(medium);
  const loaded =
    'kernelArguments' in medium && !isWhole ? await extractKernel(options, medium.file, medium) : undefined;
  return {
    disks: files,
    ...(options.snapshots && { state: at('state.qcow2') }),
    ...(layered && { layer: at('layer.qcow2') }),
    ...(loaded && medium.kind === 'kernel' && { kernel: loaded }),
    ...(medium.kind === 'linux' && { kernel: linuxOf(medium) }),
    ...(medium.kind === 'tftp' && { tftp: { directory: medium.file, file: medium.bootFile } }),
    ...(loaded && medium.kind === 'pxe' && { tftp: await serveByTftp(loaded) }),
    ...(isWhole && { tftp: servedWhole(medium) }),
  };
}

/** What is written goes beside the image. */
function over(image: string | undefined, format?: DiskFormat): string[] {
  return image === undefined ? [] : ['-b', image, '-F', format ?? (image.endsWith('.qcow2') ? 'qcow2' : 'raw')];
}

async function createImage(options: DiskFilesOptions, argv: readonly string[]): Promise<void> {
  const { runner, toolsRoot, directory, topology } = options;
  const access = { write: [directory], read: imagesOf(topology) };
  await runner.run({ argv: inToolsTree(toolsRoot, ['qemu-img', 'create', '-q', '-f', 'qcow2', ...argv], access) });
}

type Loaded = NonNullable<DiskFiles['kernel']>;

/** Kernel and initramfs out of a live ISO, with the kernel line of an entry of its boot menu. */
async function extractKernel(
  options: DiskFilesOptions,
  iso: string,
  { entry, kernelArguments }: { readonly entry: number; readonly kernelArguments: readonly string[] },
): Promise<Loaded> {
  const directory = path.join(options.directory, 'tftp');
  await mkdir(directory);
  const files = {
    '/boot/vmlinuz': path.join(directory, 'vmlinuz'),
    '/boot/initrd.img': path.join(directory, 'initrd.img'),
    '/boot/grub/grub.cfg': path.join(directory, 'grub.cfg'),
  };
  const argv = [
    'xorriso',
    '-osirrox',
    'on',
    '-indev',
    iso,
    ...Object.entries(files).flatMap((e) => ['-extract', ...e]),
  ];
  const extracted = await options.runner.run(
    { argv: inToolsTree(options.toolsRoot, argv, { read: [iso], write: [directory] }) },
    { allowFailure: true },
  );
  if (extracted.exitCode !== 0) throw noKernel(iso);
  // xorriso brings files out as they are on the medium: read-only.
  for (const file of Object.values(files)) await chmod(file, 0o644);
  const line = kernelLine(await readFile(files['/boot/grub/grub.cfg'], 'utf8'), entry);
  if (line === undefined) throw noKernel(iso);
  return {
    kernel: files['/boot/vmlinuz'],
    initramfs: files['/boot/initrd.img'],
    commandLine: [line, ...kernelArguments].join(' '),
  };
}

/**
 * The kernel's arguments that a `linux` line of a GRUB configuration means, counted from 1: a word with spaces gets double
 * quotes, and one that is a variable is empty outside of GRUB.
 */
export function kernelLine(configuration: string, entry: number): string | undefined {
  const line = [...configuration.matchAll(/^\s*linux\s+\S+\s+(.*)$/gm)][entry - 1]?.[1];
  return line
    ?.match(/(?:[^\s'\\]|\\.|'[^']*')+/g)
    ?.filter((word) => !word.startsWith('$'))
    ?.map((word) => word.replaceAll(/\\(.)|'([^']*)'/g, '$1$2'))
    .map((word) => (/\s/.test(word) ? `"${word}"` : word))
    .join(' ');
}

function linuxOf({ file, initramfs, commandLine }: Extract<Medium, { kind: 'linux' }>): Loaded {
  return { kernel: file, ...(initramfs !== undefined && { initramfs }), commandLine };
}

/** A script for iPXE, which QEMU's network cards have in their ROM. */
async function serveByTftp(loaded: Loaded): Promise<NonNullable<DiskFiles['tftp']>> {
  const directory = path.dirname(loaded.kernel);
  const script = `#!ipxe\nkernel vmlinuz initrd=initrd.img ${loaded.commandLine}\ninitrd initrd.img\nboot\n`;
  await writeFile(path.join(directory, 'boot.ipxe'), script);
  return { directory, file: 'boot.ipxe' };
}

/** @throws ReportedError where the topology wants its kernel line to be another one */
function servedWhole(medium: Medium): NonNullable<DiskFiles['tftp']> {
  if ('kernelArguments' in medium && (medium.kernelArguments.length > 0 || medium.entry !== 1)) {
    throw new ReportedError({
      code: 'cannot-change-script',
      severity: 'error',
      message: `${medium.file} has one kernel line, which a topology cannot change`,
      hint: 'Leave `entry` and `kernelArguments` out, or test a live ISO.',
    });
  }
  return { directory: path.dirname(medium.file), file: path.basename(medium.file) };
}

function noKernel(iso: string): ReportedError {
  return new ReportedError({
    code: 'no-kernel-in-image',
    severity: 'error',
    message: `${iso} has no kernel that could be loaded from outside`,
    hint: 'Booting `from: kernel` or `from: pxe` needs a live ISO with /boot/vmlinuz, /boot/initrd.img and a GRUB menu.',
  });
}
