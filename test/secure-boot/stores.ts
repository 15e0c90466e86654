import { readFileSync } from 'node:fs';
import type { KeyGeneration } from '../../scripts/secure-boot/index.ts';

/** A variable as virt-fw-vars writes it down. */
interface Variable {
  readonly name: string;
  readonly guid: string;
  readonly attr: number;
  /** Hexadecimal digits. */
  readonly data: string;
}

/**
 * What is in the lab's stores: written down by virt-fw-vars itself when it made them (`firmware-keys` of the cache), PK, KEK, db, dbx
 * and the level of SBAT alone.
 */
function variablesOf(keys: KeyGeneration): readonly Variable[] {
  const text = readFileSync(new URL(`stores/${keys}.json`, import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly variables: readonly Variable[] }).variables;
}

/** The value of one of them; empty where it is not there. */
export function valueIn(keys: KeyGeneration, name: string): Buffer {
  return Buffer.from(variablesOf(keys).find((one) => one.name === name)?.data ?? '', 'hex');
}
