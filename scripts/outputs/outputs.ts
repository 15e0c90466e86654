/**
 * `disk`: a whole disk with its partition table, raw or as compressed qcow2. `pxe`: a live system that the firmware fetches; its
 * file is the script for iPXE, the others are beside it.
 */
export type ImageKind = 'live-iso' | 'disk' | 'pxe';

/** Nothing of what is written to it stays. */
export function isLive(kind: ImageKind): boolean {
  return kind !== 'disk';
}

/** What one output is, whichever engine makes it. */
interface OutputFacts {
  readonly summary: string;
  /** What firmware starts it as; absent for what no firmware starts by itself. */
  readonly bootsAs?: ImageKind;
  /** What starts is an installer, and no system to ask: the tests of installing boot it. */
  readonly installs?: true;
}

/**
 * The words for `--output` and for `outputs:` of a flavour. An engine makes some of them: its leaf says which. A word that is
 * new here is new in kickstarts/schema/flavour.schema.json, too.
 */
export const outputFacts = {
  'live-iso': { summary: 'live ISO for BIOS and UEFI', bootsAs: 'live-iso' },
  'installer-iso': { summary: 'live ISO that installs what it starts', bootsAs: 'live-iso', installs: true },
  'disk-raw': { summary: 'raw disk image', bootsAs: 'disk' },
  'disk-qcow2': { summary: 'qcow2 disk image', bootsAs: 'disk' },
  pxe: { summary: 'kernel, initramfs and root image for booting over the network', bootsAs: 'pxe' },
  oci: { summary: 'OCI archive of the root tree, for containers' },
  tar: { summary: 'archive of the root tree' },
} as const satisfies Readonly<Record<string, OutputFacts>>;

export type OutputId = keyof typeof outputFacts;

export const outputIds = Object.keys(outputFacts) as readonly OutputId[];

/** Whether it is a medium that installs. */
export function installs(output: OutputId): boolean {
  const facts: OutputFacts = outputFacts[output];
  return facts.installs === true;
}

/** Undefined for what no firmware starts by itself. */
export function bootsAs(output: OutputId): ImageKind | undefined {
  const facts: OutputFacts = outputFacts[output];
  return facts.bootsAs;
}
