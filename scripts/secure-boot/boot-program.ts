import { readPortableExecutable } from './portable-executable.ts';
import { type Signer, signerOf } from './signer.ts';

/** `first`: what the firmware starts, mostly shim; `next`: what that starts, GRUB or systemd-boot; `kernel`. */
export type BootRole = 'first' | 'next' | 'kernel';

/** A program on the way from the firmware to the kernel, and who signed it. */
export interface BootProgram {
  readonly role: BootRole;
  /** Its path where it lies: `EFI/BOOT/BOOTX64.EFI`. */
  readonly path: string;
  /** One for each signature, in the order in which they stand; empty where it is not signed. */
  readonly signers: readonly Signer[];
  /** Its generations, lines `COMPONENT,GENERATION,…`. */
  readonly sbat?: string;
}

/** @throws RangeError where it is no program for UEFI, or its signatures cannot be read */
export function readBootProgram(role: BootRole, path: string, bytes: Buffer): BootProgram {
  const { signatures, sbat } = readPortableExecutable(bytes);
  return {
    role,
    path: path.replace(/\p{C}/gu, '?'),
    signers: signatures.map(signerOf),
    ...(sbat !== undefined && { sbat }),
  };
}

/** Who signed it, in words: `Microsoft UEFI CA 2023 (until 2038-06-13)`; the authority counts, not the signer below it. */
export function signersInWords({ signers }: Pick<BootProgram, 'signers'>): string {
  if (signers.length === 0) return 'nobody';
  return signers.map(signerInWords).join(' and ');
}

function signerInWords({ issuer, name, validUntil, above: [authority] }: Signer): string {
  return authority === undefined
    ? `${issuer} (signer ${name}, until ${validUntil})`
    : `${authority.name} (until ${authority.validUntil})`;
}
