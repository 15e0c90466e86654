import { existsSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../diagnostic/index.ts';
import type { RecognisedImage } from '../image/index.ts';
import type { Firmware, Medium, TopologyFile } from '../lab/index.ts';

export const attachments = ['cdrom', 'usb', 'disk'] as const;

/** How somebody wants an image to be started. */
export interface MediumOptions {
  readonly from?: (typeof attachments)[number];
  readonly initrd?: string;
  readonly append?: string;
  readonly bootFile?: string;
}

/** What is asked of a kernel that has no boot menu to say so: its words on both consoles. */
const usualArguments = 'console=tty0 console=ttyS0';

/** Files that a PXE set starts with, by firmware; the first that is there. */
const usualBootFiles: Readonly<Record<'bios' | 'uefi', readonly string[]>> = {
  bios: ['pxelinux.0', 'lpxelinux.0', 'undionly.kpxe'],
  uefi: ['bootnetx64.efi', 'debian-installer/amd64/bootnetx64.efi', 'shimx64.efi', 'grubx64.efi', 'syslinux.efi'],
};

/**
 * What a machine starts from, of an image of which there is only the file.
 * @throws UsageError for what does not go together with an image of this kind
 */
export function mediumOf(
  file: string,
  recognised: RecognisedImage,
  { from, initrd, append, bootFile }: MediumOptions,
  firmware: Firmware,
  boot: NonNullable<TopologyFile['boot']> = { from: 'cdrom' },
): Medium {
  const name = path.basename(file);
  if (recognised.kind !== 'kernel' && (initrd ?? append) !== undefined)
    throw cannot(`--initrd and --append are a kernel's, and ${name} is none`, 'Its own boot menu says what it starts.');
  if (recognised.kind !== 'pxe' && bootFile !== undefined)
    throw cannot(`--boot-file is a file in a directory, and ${name} is none`, 'Name the directory that is served.');
  if (!('format' in recognised) && from !== undefined)
    throw cannot(`--from ${from}: ${name} is nothing that can be attached`, 'Leave --from out.');
  if (recognised.kind === 'kernel') {
    const initramfs = initrd === undefined ? undefined : existing(initrd);
    const commandLine = append ?? usualArguments;
    return { kind: 'linux', file, commandLine, ...(initramfs !== undefined && { initramfs }) };
  }
  if (recognised.kind === 'pxe') return { kind: 'tftp', file, bootFile: bootFileIn(file, bootFile, firmware) };
  const { kind, format } = recognised;
  const { from: ofTopology, writeProtected = false, sizeMiB, bus, sectorBytes } = boot;
  const asked = from ?? (ofTopology === 'usb' || ofTopology === 'disk' ? ofTopology : undefined);
  const attached = asked ?? (kind === 'iso' ? 'cdrom' : 'disk');
  if (attached === 'cdrom') {
    if (kind === 'iso') return { kind: 'cdrom', file };
    throw cannot(`--from cdrom: ${name} is a disk, not ISO 9660`, 'Attach it with --from disk or --from usb.');
  }
  return {
    kind: attached,
    file,
    writeProtected,
    format,
    ...(sizeMiB !== undefined && { sizeMiB }),
    ...(attached === 'disk' && { ...(bus && { bus }), ...(sectorBytes && { sectorBytes }) }),
  };
}

function bootFileIn(directory: string, asked: string | undefined, firmware: Firmware): string {
  const candidates = asked === undefined ? usualBootFiles[firmware === 'bios' ? 'bios' : 'uefi'] : [asked];
  const found = candidates.find((file) => existsSync(path.join(directory, file)));
  if (found !== undefined) return found;
  throw cannot(
    `${directory} has no ${candidates.join(', no ')}`,
    '--boot-file says what the firmware fetches first, relative to that directory.',
  );
}

function existing(file: string): string {
  const found = path.resolve(file);
  if (existsSync(found)) return found;
  throw cannot(`--initrd ${file}: there is no such file`, 'It is the initramfs that belongs to the kernel.');
}

const cannot = (message: string, hint: string): UsageError =>
  new UsageError({ code: 'cannot-test-so', severity: 'error', message, hint });
