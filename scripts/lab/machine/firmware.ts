import { existsSync } from 'node:fs';
import { copyFile, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { EnvironmentError } from '../../diagnostic/index.ts';
import { type KeyGeneration, storeFile } from '../../secure-boot/index.ts';
import type { Firmware } from './topology.ts';

/** UEFI firmware in two flash chips. */
export interface FirmwareFiles {
  /** Path inside the tools tree; read-only. */
  readonly code: string;
  /** Writable copy for one machine. */
  readonly variables: string;
  /** It trusts its variables only where system management mode guards them. */
  readonly requiresSmm?: boolean;
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

/** Variable stores by generation of keys (`firmwareKeys` of the room engines/tools), and which of them is meant. */
export interface ChosenKeys {
  readonly keys: KeyGeneration;
  /** Absolute; undefined where nobody made them. */
  readonly stores: string | undefined;
}

/**
 * Puts together UEFI firmware for a q35 machine: the first descriptor of the tools tree that fits. With `secure-boot` it
 * has keys enrolled and enforces signatures, with `uefi` it cannot. `variables` is the machine's own variable store; where there is
 * none yet, a copy of the template goes there; with `chosen` keys, of the store with these.
 * @throws EnvironmentError when the tools tree has no such firmware, or nobody made a store with these keys
 */
export async function prepareUefi(
  toolsRoot: string,
  variables: string,
  firmware: Exclude<Firmware, 'bios'> = 'uefi',
  chosen?: ChosenKeys,
): Promise<FirmwareFiles> {
  const directory = path.join(toolsRoot, descriptorDirectory);
  const names = (await readdir(directory).catch(() => [])).filter((name) => name.endsWith('.json')).sort();
  for (const name of names) {
    const descriptor = JSON.parse(await readFile(path.join(directory, name), 'utf8')) as Descriptor;
    const { executable, 'nvram-template': template } = descriptor.mapping;
    if (!isRawFlash(descriptor) || !hasFeatures(descriptor, firmware, chosen !== undefined)) continue;
    if (executable === undefined || template === undefined) continue;
    const empty = chosen === undefined ? path.join(toolsRoot, template.filename) : storeOf(chosen);
    if (!existsSync(variables)) await copyFile(empty, variables);
    const requiresSmm = descriptor.features.includes('requires-smm');
    return { code: executable.filename, variables, ...(requiresSmm && { requiresSmm }) };
  }
  throw new EnvironmentError({
    code: 'no-uefi-firmware',
    severity: 'error',
    message: `the tools tree has no UEFI firmware for QEMU ${firmware === 'uefi' ? 'without' : 'with'} Secure Boot`,
    hint: `No descriptor in ${directory} offers such raw flash images for q35. Remove the tools tree and run ci/setup, or test with --firmware bios.`,
  });
}

/** With keys of its own it is the firmware that comes without any. */
function hasFeatures({ features }: Descriptor, firmware: Exclude<Firmware, 'bios'>, ownKeys: boolean): boolean {
  if (firmware === 'uefi') return !features.includes('secure-boot');
  return features.includes('secure-boot') && features.includes('enrolled-keys') !== ownKeys;
}

function storeOf({ keys, stores }: ChosenKeys): string {
  const file = stores === undefined ? undefined : path.join(stores, storeFile(keys));
  if (file !== undefined && existsSync(file)) return file;
  throw new EnvironmentError({
    code: 'no-firmware-keys',
    severity: 'error',
    message: `there are no firmware variables with ${keys}`,
    hint: '`phyllome test IMAGE --topology NAME` makes them, by virt-firmware from the mirror of the tools tree. Is it there, and not --offline?',
  });
}

function isRawFlash({ mapping, targets, ...descriptor }: Descriptor): boolean {
  return (
    descriptor['interface-types'].includes('uefi') &&
    mapping.device === 'flash' &&
    mapping.executable?.format === 'raw' &&
    mapping['nvram-template']?.format === 'raw' &&
    targets.some((t) => t.architecture === 'x86_64' && t.machines.some((machine) => machine.startsWith('pc-q35')))
  );
}
