import type { AuthorityId } from './authorities.ts';

/** Which keys a firmware has: what a lab machine can be given, and what computers for sale have. */
export const keyGenerations = [
  'keys-2011',
  'keys-2023',
  'keys-both',
  'keys-own',
  'keys-both-revoked',
  'setup-mode',
] as const;

export type KeyGeneration = (typeof keyGenerations)[number];

/** What a generation's variables hold. */
export interface HeldKeys {
  readonly summary: string;
  readonly kek: readonly AuthorityId[];
  /** What it starts is signed by these. */
  readonly db: readonly AuthorityId[];
  /** A certificate of the owner's own is in PK, KEK and db, and nobody else's. */
  readonly own: boolean;
  /** What it refuses, however else it is signed. */
  readonly dbx: readonly AuthorityId[];
  /** Generations of loaders that shim refuses; what shim brings itself when absent. */
  readonly sbatLevel?: string;
}

const generation2011 = { kek: ['kek2011'], db: ['uefi2011', 'windows2011'] } as const;
const generation2023 = { kek: ['kek2023'], db: ['uefi2023', 'windows2023'] } as const;
const both = {
  kek: [...generation2011.kek, ...generation2023.kek],
  db: [...generation2011.db, ...generation2023.db],
} as const;

/** The newest level that shim 16.1 knows: what is older than these was revoked by May 2025. */
const newestSbatLevel = 'sbat,1,2025051000\nshim,4\ngrub,5\ngrub.proxmox,2\n';

export const heldKeys: Readonly<Record<KeyGeneration, HeldKeys>> = {
  'keys-2011': {
    summary: "Microsoft's keys of 2011 only, as computers had until 2023",
    ...generation2011,
    own: false,
    dbx: [],
  },
  'keys-2023': {
    summary: "Microsoft's keys of 2023 only, as later computers may have",
    ...generation2023,
    own: false,
    dbx: [],
  },
  'keys-both': { summary: "Microsoft's keys of 2011 and 2023", ...both, own: false, dbx: [] },
  'keys-own': { summary: "the owner's own key and nobody else's", kek: [], db: [], own: true, dbx: [] },
  'keys-both-revoked': {
    summary: 'both, with those of 2011 revoked, and old loaders by SBAT',
    ...both,
    own: false,
    dbx: ['uefi2011', 'windows2011'],
    sbatLevel: newestSbatLevel,
  },
  'setup-mode': {
    summary: 'no key at all: it waits for its owner to bring some',
    kek: [],
    db: [],
    own: false,
    dbx: [],
  },
};

/** The name of a generation's variable store, in the directory of all of them. */
export const storeFile = (keys: KeyGeneration): string => `${keys}.fd`;
