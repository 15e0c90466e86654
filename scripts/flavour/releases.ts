import path from 'node:path';
import { webDirectory } from '../places/index.ts';
import { parsePublicKey } from '../signing/index.ts';
import type { ResolvedFlavour, Sourced } from './model.ts';

/** What an image knows of its successors: what the component `releases` puts into it. */
export interface Releases {
  /** https, or an absolute path. */
  readonly address: string;
  /** Lines of base64: public keys of minisign. */
  readonly keys: readonly string[];
  /** The release that an image is made as, numbers with dots; absent where it is made as none. */
  readonly version?: string;
}

/** `at`: the keys. Undefined where the component is not in the flavour. */
export function releasesOf({ options }: Pick<ResolvedFlavour, 'options'>): Sourced<Releases> | undefined {
  const [address, keys, version] = ['address', 'keys', 'version'].map((name) =>
    options.find((option) => option.component === 'releases' && option.name === name),
  );
  if (address === undefined || keys === undefined) return undefined;
  const made = String(version?.value ?? '');
  const value = {
    address: String(address.value),
    keys: [keys.value].flat().map(String),
    ...(made && { version: made }),
  };
  return { value, at: keys.at };
}

/** Why successors cannot be published there, as the end of a sentence; undefined where they can. */
export function faultOfReleaseAddress(text: string): string | undefined {
  if (/[\p{C}\s]/u.test(text)) return 'has spaces or control characters in it';
  if (path.isAbsolute(text)) return path.normalize(text) === text ? undefined : `should be \`${path.normalize(text)}\``;
  // Whoever is on the way could hold a release back.
  if (!/^https:\/\//i.test(text)) return 'begins with neither `https://` nor `/`';
  const address = webDirectory(text);
  return 'fault' in address ? address.fault : undefined;
}

/** Why a text is no line of a public key of minisign, as the end of a sentence; undefined where it is one. */
export function faultOfKey(text: string): string | undefined {
  const found = parsePublicKey(text);
  if ('fault' in found) return found.fault;
  return found.line === text ? undefined : 'is more than the one line';
}
