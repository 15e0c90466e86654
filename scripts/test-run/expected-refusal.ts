import type { Topology } from '../lab/index.ts';
import {
  type ExpectedStart,
  heldKeys,
  type KeyGeneration,
  type SignedStart,
  signersInWords,
} from '../secure-boot/index.ts';
import type { TestMachine } from './test-inputs.ts';

/** How firmware and shim say on the console that they start something not. */
export const firmwareRefusal =
  /BdsDxe: failed to load .*: (?:Access Denied|Security Violation)|Verification failed: \(0x1A\)|SBAT data failed: Security/;

/** OVMF's own store of Debian 13 (`OVMF_VARS_4M.ms.fd`): its shim is that of 2011. */
const usualKeys: KeyGeneration = 'keys-2011';

/** What is to be expected of an image on a machine whose topology names its keys; undefined where it does not, or nobody knows. */
export function expectedOn(
  secureBoot: SignedStart | undefined,
  hardware: TestMachine['hardware'],
): ExpectedStart | undefined {
  const keys = keysOf(hardware);
  return keys && secureBoot?.starts.find((one) => one.keys === keys);
}

function keysOf(hardware: TestMachine['hardware']): KeyGeneration | undefined {
  if ('exactly' in hardware) return hardware.exactly.keys;
  const { topology, firmware = topology?.firmware } = hardware;
  return firmware === 'secure-boot' ? topology?.keys : undefined;
}

/** Why firmware refused what it should have started, and what to do; empty where the console tells of no refusal. */
export function aboutRefusal(
  consoleLines: readonly string[],
  topology: Pick<Topology, 'firmware' | 'keys'>,
  secureBoot: SignedStart | undefined,
): readonly string[] {
  const first = secureBoot?.programs.find(({ role }) => role === 'first');
  const refused = topology.firmware === 'secure-boot' && consoleLines.some((line) => firmwareRefusal.test(line));
  if (!refused || first === undefined) return [];
  const { keys = usualKeys } = topology;
  const expected = secureBoot?.starts.find((one) => one.keys === keys);
  return [
    `this firmware has ${keys}: ${heldKeys[keys].summary}`,
    `${first.path} is signed by ${signersInWords(first)}`,
    ...(expected?.starts === false ? [expected.why, newerKeys] : [`it should start: ${expected?.why}`, changed]),
  ];
}

const newerKeys =
  'A computer with such keys needs others: by an update of its firmware, or by `fwupdmgr update` where that offers updates of db and KEK. Else it needs a medium with a loader signed by a key that it knows and refuses none of.';
const changed =
  'So the signature does not fit the program: it was changed after it was signed, or the medium is damaged. Compare the checksum of the image with SHA256SUMS.';
