import { copyFile, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { EnvironmentError } from '../../diagnostic/index.ts';

/** UEFI firmware in two flash chips. */
export interface FirmwareFiles {
  /** Path inside the tools tree; read-only. */
  readonly code: string;
  /** Writable copy for one machine. */
  readonly variables: string;
}

/** The part of QEMU's firmware descriptors (docs/interop/firmware.json) that choosing needs. */
interface Descriptor {
  readonly 'interface-types': readonly string[];
  readonly mapping: {
    readonly device: string;
    readonly executable?: { readonly filename: string; readonly format: string };
    readonly 'nvram-template'?: { readonly filename: string; readonly format: string };
  };
  readonly targets: readonly { readonly architecture: string; readonly machines: readonly string[] }[];
  readonly features: readonly string[];
}

const descriptorDirectory = 'usr/share/qemu/firmware';

/**
 * Puts together UEFI firmware without Secure Boot for a q35 machine: the first descriptor of the tools tree that fits.
 * `variables` is where the machine's own copy of the variable store goes.
 * @throws EnvironmentError when the tools tree has no such firmware
 */
export async function prepareUefi(toolsRoot: string, variables: string): Promise<FirmwareFiles> {
  const directory = path.join(toolsRoot, descriptorDirectory);
  const names = (await readdir(directory).catch(() => [])).filter((name) => name.endsWith('.json')).sort();
  for (const name of names) {
    const descriptor = JSON.parse(await readFile(path.join(directory, name), 'utf8')) as Descriptor;
    const { executable, 'nvram-template': template } = descriptor.mapping;
    if (!isPlainUefi(descriptor) || executable === undefined || template === undefined) continue;
    await copyFile(path.join(toolsRoot, template.filename), variables);
    return { code: executable.filename, variables };
  }
  throw new EnvironmentError({
    code: 'no-uefi-firmware',
    severity: 'error',
    message: 'the tools tree has no UEFI firmware for QEMU',
    hint: `No descriptor in ${directory} offers raw flash images for q35 without Secure Boot. Remove the tools tree and run ci/setup, or test with --firmware bios.`,
  });
}

/** Raw flash images for q35 that enforce no Secure Boot. */
function isPlainUefi(descriptor: Descriptor): boolean {
  const { mapping, features, targets } = descriptor;
  return (
    descriptor['interface-types'].includes('uefi') &&
    mapping.device === 'flash' &&
    mapping.executable?.format === 'raw' &&
    mapping['nvram-template']?.format === 'raw' &&
    !features.includes('secure-boot') &&
    targets.some((t) => t.architecture === 'x86_64' && t.machines.some((machine) => machine.startsWith('pc-q35')))
  );
}
