import path from 'node:path';
import type { CheckResult } from '../checks/index.ts';
import type { Diagnostic } from '../diagnostic/index.ts';
import type { AcceleratorChoice, ConsoleFinding, Milestone, Topology } from '../lab/index.ts';
import type { SignedStart } from '../secure-boot/index.ts';
import type { Evidence } from './evidence/index.ts';

/** What booting an image and asking it showed. Plain and serialisable: reports are made of it. */
export interface TestRun {
  readonly schema: 1;
  /** `passed`: the image booted, every check passed or was skipped for want of hardware, and no bad line was seen. */
  readonly verdict: 'passed' | 'failed';
  /** Absent for an image of which only the file is known, as are `base` and `inputHash`. */
  readonly flavour?: string;
  readonly base?: string;
  /** `sha256` is empty for a directory. */
  readonly image: { readonly file: string; readonly inputHash?: string; readonly sha256: string };
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Nothing that the run depends on had changed: it is that of an earlier time (ISO 8601). */
  readonly reusedFrom?: string;
  readonly accelerator: AcceleratorChoice;
  readonly topology: Topology;
  /** The QEMU command line, to be run in the tools tree. */
  readonly command: readonly string[];
  /** Who signed what UEFI starts, and with which keys firmware starts it; absent where that cannot be seen. */
  readonly secureBoot?: SignedStart;
  /** The boot came to its end; false when a diagnostic says why not. */
  readonly booted: boolean;
  readonly milestones: readonly Milestone[];
  readonly timings: Timings;
  readonly checks: readonly CheckResult[];
  /** Bad lines of the console and the journal. */
  readonly findings: readonly ConsoleFinding[];
  /** Why the verdict is `failed`: one for a failed boot, each failed check and each bad line. */
  readonly diagnostics: readonly Diagnostic[];
  /** What was seen beside the verdicts. */
  readonly evidence: Evidence;
  /** Logs in the run directory. */
  readonly logs: { readonly console: string; readonly journal: string; readonly qemu: string };
}

/** What a report calls the image: its flavour, or its file. */
export const nameOf = ({ flavour, image }: Pick<TestRun, 'flavour' | 'image'>): string =>
  flavour ?? path.basename(image.file);

/** In milliseconds. The first three are the host's clock since power-on; absent when the boot did not come so far. */
export interface Timings {
  readonly kernelMs?: number;
  readonly settledMs?: number;
  readonly verdictMs: number;
  /** The guest's own account of its boot: kernel, initramfs, userspace. */
  readonly guest?: { readonly kernelMs: number; readonly initramfsMs: number; readonly userspaceMs: number };
  /** Everything, the accelerator probe included. */
  readonly totalMs: number;
}
