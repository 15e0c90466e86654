/** A certificate of Microsoft's in the firmware of computers for sale. */
export interface Authority {
  readonly name: string;
  /** SHA-256 of the certificate. */
  readonly sha256: string;
  /** `db`: vouches for what the firmware starts; `kek`: for changes of the lists. */
  readonly role: 'db' | 'kek';
  readonly generation: 2011 | 2023;
  /** Loaders of other systems than Windows; Windows' own. */
  readonly signs: 'others' | 'windows' | 'lists';
  readonly validUntil: string;
}

/**
 * Both generations, as Microsoft publishes them ("Windows Secure Boot Key Creation and Management Guidance") and as Debian's
 * python3-virt-firmware 24.11 ships them: a test compares these with the stores that are made of them.
 */
export const authorities = {
  uefi2011: {
    name: 'Microsoft Corporation UEFI CA 2011',
    sha256: '48e99b991f57fc52f76149599bff0a58c47154229b9f8d603ac40d3500248507',
    role: 'db',
    generation: 2011,
    signs: 'others',
    validUntil: '2026-06-27',
  },
  uefi2023: {
    name: 'Microsoft UEFI CA 2023',
    sha256: 'f6124e34125bee3fe6d79a574eaa7b91c0e7bd9d929c1a321178efd611dad901',
    role: 'db',
    generation: 2023,
    signs: 'others',
    validUntil: '2038-06-13',
  },
  windows2011: {
    name: 'Microsoft Windows Production PCA 2011',
    sha256: 'e8e95f0733a55e8bad7be0a1413ee23c51fcea64b3c8fa6a786935fddcc71961',
    role: 'db',
    generation: 2011,
    signs: 'windows',
    validUntil: '2026-10-19',
  },
  windows2023: {
    name: 'Windows UEFI CA 2023',
    sha256: '076f1fea90ac29155ebf77c17682f75f1fdd1be196da302dc8461e350a9ae330',
    role: 'db',
    generation: 2023,
    signs: 'windows',
    validUntil: '2035-06-13',
  },
  kek2011: {
    name: 'Microsoft Corporation KEK CA 2011',
    sha256: 'a1117f516a32cefcba3f2d1ace10a87972fd6bbe8fe0d0b996e09e65d802a503',
    role: 'kek',
    generation: 2011,
    signs: 'lists',
    validUntil: '2026-06-24',
  },
  kek2023: {
    name: 'Microsoft Corporation KEK 2K CA 2023',
    sha256: '3cd3f0309edae228767a976dd40d9f4affc4fbd5218f2e8cc3c9dd97e8ac6f9d',
    role: 'kek',
    generation: 2023,
    signs: 'lists',
    validUntil: '2038-03-02',
  },
} as const satisfies Readonly<Record<string, Authority>>;

export type AuthorityId = keyof typeof authorities;
