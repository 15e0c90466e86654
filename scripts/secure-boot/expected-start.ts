import { authorities } from './authorities.ts';
import { type BootProgram, signersInWords } from './boot-program.ts';
import { type HeldKeys, heldKeys, type KeyGeneration, keyGenerations } from './key-generations.ts';
import { belowLevel } from './sbat.ts';
import type { Signer } from './signer.ts';

/** Whether a firmware with certain keys starts an image, and why. */
export interface ExpectedStart {
  readonly keys: KeyGeneration;
  readonly starts: boolean;
  readonly why: string;
}

/** Who signed what an image starts by, and which firmware starts it. */
export interface SignedStart {
  readonly programs: readonly BootProgram[];
  readonly starts: readonly ExpectedStart[];
}

/** Undefined where nothing is known of what the firmware starts. */
export function signedStart(programs: readonly BootProgram[]): SignedStart | undefined {
  const starts = expectedStarts(programs);
  return starts.length === 0 ? undefined : { programs, starts };
}

/**
 * What firmware does with a loader: one signature that it has revoked outweighs all others; else one that it knows is enough, and it
 * looks at no date (EDK II, DxeImageVerificationLib; seen by starting images). shim then refuses generations of SBAT below its level.
 * Undefined where nothing is known of what the firmware starts.
 */
export function expectedStart(programs: readonly BootProgram[], keys: KeyGeneration): ExpectedStart | undefined {
  const first = programs.find(({ role }) => role === 'first');
  return first && { keys, ...judged(first, programs, heldKeys[keys], keys === 'setup-mode') };
}

/** The same for every generation of keys. */
function expectedStarts(programs: readonly BootProgram[]): readonly ExpectedStart[] {
  return keyGenerations.flatMap((keys) => expectedStart(programs, keys) ?? []);
}

function judged(
  first: BootProgram,
  programs: readonly BootProgram[],
  held: HeldKeys,
  isOpen: boolean,
): Omit<ExpectedStart, 'keys'> {
  if (isOpen) return { starts: true, why: 'it has no keys, so it enforces nothing' };
  if (first.signers.length === 0) return { starts: false, why: `nobody signed ${first.path}` };
  const known = held.db.map((id) => authorities[id]);
  const revoked = held.dbx.map((id) => authorities[id]);
  const refused = first.signers.flatMap((signer) => vouching(signer, revoked));
  const accepted = first.signers.flatMap((signer) => vouching(signer, known));
  if (refused.length > 0) {
    const beside = accepted.filter((name) => !refused.includes(name));
    const more = beside.length === 0 ? '' : `; that ${beside.join(' and ')} signed it too does not help`;
    return { starts: false, why: `it refuses what ${refused.join(' and ')} signed, as ${first.path} is${more}` };
  }
  if (accepted.length === 0) {
    const who = held.own ? "its owner's own key" : known.map(({ name }) => name).join(' and ');
    return { starts: false, why: `it knows only ${who}; ${first.path} is signed by ${signersInWords(first)}` };
  }
  const old = programs.flatMap(({ role, path, sbat = '' }) =>
    role === 'kernel' ? [] : belowLevel(sbat, held.sbatLevel ?? '').map((what) => `${path}: ${what}`),
  );
  if (old.length > 0) return { starts: false, why: `shim refuses generations below its level: ${old.join('; ')}` };
  return { starts: true, why: `it knows ${accepted.join(' and ')}, who signed ${first.path}` };
}

type Named = readonly { readonly name: string; readonly sha256: string }[];

/** Which of these are among the certificates that vouch for a signer. */
function vouching(signer: Signer, certificates: Named): readonly string[] {
  const chain = new Set([signer, ...signer.above].map(({ sha256 }) => sha256));
  return certificates.filter(({ sha256 }) => chain.has(sha256)).map(({ name }) => name);
}
