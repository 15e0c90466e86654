import type { Manifest } from '../../image/index.ts';
import type { Milestone, Topology } from '../../lab/index.ts';

/** `capsule.json`: what it takes to boot a failed run again, and how to know that it fails in the same way. */
export interface Capsule {
  readonly schema: 1;
  readonly manifest: Manifest;
  /** The image is not inside: it is known by its checksum, and looked for where it was. */
  readonly image: { readonly file: string; readonly sha256: string };
  readonly topology: Topology;
  readonly accelerator: 'tcg' | 'kvm';
  /** SMBIOS strings beside the lab's own. */
  readonly credentials: readonly string[];
  /** QEMU as it was run. */
  readonly command: readonly string[];
  readonly point: Point;
}

/** Where a run went wrong. */
export interface Point {
  /** Codes of what was found, in order. */
  readonly codes: readonly string[];
  readonly message: string;
  readonly lastMilestone: Milestone['id'];
}

export const capsuleFile = 'capsule.tar.zst';
