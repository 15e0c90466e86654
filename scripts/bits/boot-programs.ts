import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Context } from '../context/index.ts';
import { Interrupted } from '../diagnostic/index.ts';
import { CommandFailed, inToolsTree } from '../process/index.ts';
import { type BootProgram, type BootRole, readBootProgram } from '../secure-boot/index.ts';
import type { Entry } from './layer.ts';
import { entriesOfFat, fat } from './layers/fat.ts';
import { gpt, partitionsOf } from './layers/gpt.ts';
import { filesOf, iso9660 } from './layers/iso9660.ts';
import { qcow2 } from './layers/packed.ts';
import { bytesSource, fileSource, partOf, type Source } from './source.ts';

/** What firmware looks for by itself on any medium (UEFI, 3.5.1), and what shim starts from beside it (its DEFAULT_LOADER). */
const loaders: readonly { readonly role: BootRole; readonly path: RegExp }[] = [
  { role: 'first', path: /^\/EFI\/BOOT\/BOOTX64\.EFI$/i },
  { role: 'next', path: /^\/EFI\/BOOT\/grubx64\.efi$/i },
];
/** As systemd-boot's entries name it, and as it is called on ISOs. */
const kernels = /\/(?:linux|vmlinuz[^/]*)$/;
/** Nothing that is larger is read to look for signatures. */
const MOST_BYTES = 256 * 2 ** 20;

/**
 * Programs on the way from the firmware to the kernel that lie where every firmware finds them: on an ISO, or in the EFI system
 * partition of a disk, and who signed each. A kernel in another file system is not among them; empty where the image is of another kind,
 * or damaged.
 */
export function bootProgramsOn(source: Source): readonly BootProgram[] {
  const entries = (read: () => readonly Entry[]) => unlessDamaged(read) ?? [];
  const onEsp = entries(() => espsOf(source).flatMap(entriesOfFat));
  const onIso = entries(() => (iso9660.recognises(source) ? filesOf(source) : []));
  const kernel = [...onEsp, ...onIso].find(({ name }) => kernels.test(name));
  return [
    ...loaders.flatMap(({ role, path: place }) =>
      programIn(
        role,
        onEsp.find(({ name }) => place.test(name)),
      ),
    ),
    ...programIn('kernel', kernel),
  ];
}

function espsOf(source: Source): readonly Source[] {
  if (!gpt.recognises(source)) return fat.recognises(source) ? [source] : [];
  return partitionsOf(source).flatMap(({ content }) => (content && fat.recognises(content) ? [content] : []));
}

/** What is no program for UEFI tells nothing: a kernel for BIOS alone, a file that somebody put there. */
function programIn(role: BootRole, entry: Entry | undefined): readonly BootProgram[] {
  const { name = '', content } = entry ?? {};
  if (content === undefined || content.size > MOST_BYTES) return [];
  const program = unlessDamaged(() => readBootProgram(role, name.slice(1), content.read(0, content.size)));
  return program ? [program] : [];
}

/** Readers throw where something is damaged: that is for the boot to tell. */
function unlessDamaged<Found>(read: () => Found): Found | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && !(error instanceof Interrupted)) return undefined;
    throw error;
  }
}

/** In pieces of this size a disk is unpacked; partitions begin at multiples of it. */
const PIECE = 2 ** 20;

/**
 * The same of any image file, a disk of QEMU's too: of that only its table and its EFI system partition are unpacked, by qemu-img of
 * the tools tree, below `scratch`.
 * @throws Interrupted when the signal was aborted
 */
export async function bootProgramsOnDisk(
  file: string,
  {
    runner,
    toolsRoot,
    scratch,
    signal,
  }: Pick<Context, 'runner'> & {
    readonly toolsRoot: string;
    readonly scratch: string;
    readonly signal?: AbortSignal;
  },
): Promise<readonly BootProgram[]> {
  const whole = fileSource(file);
  if (!qcow2.recognises(whole)) return bootProgramsOn(whole);
  const directory = mkdtempSync(path.join(scratch, 'esp-'));
  const unpacked = path.join(directory, 'part');
  const part = async (skip: number, count: number): Promise<Source> => {
    const range = [`bs=${PIECE}`, `skip=${skip}`, `count=${skip + count}`];
    const argv = ['qemu-img', 'dd', '-f', 'qcow2', '-O', 'raw', ...range, `if=${file}`, `of=${unpacked}`];
    const command = { argv: inToolsTree(toolsRoot, argv, { read: [file], write: [directory] }) };
    await runner.run(command, { ...(signal && { signal }) });
    const source = fileSource(unpacked);
    return bytesSource(source.read(0, source.size));
  };
  try {
    const head = await part(0, 1);
    const partitions = gpt.recognises(head) ? (unlessDamaged(() => partitionsOf(head)) ?? []) : [];
    for (const { extents = [] } of partitions) {
      const [{ at = 0, length = 0 } = {}] = extents;
      if (length > MOST_BYTES * 4) continue;
      const [from, to] = [Math.floor(at / PIECE), Math.ceil((at + length) / PIECE)];
      const found = await part(from, to - from);
      const esp = partOf(found, at - from * PIECE, length);
      if (fat.recognises(esp)) return bootProgramsOn(esp);
    }
    return [];
  } catch (error) {
    if (error instanceof CommandFailed) return [];
    throw error;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
