import type { Check, CheckResult } from '../checks/index.ts';
import type { Manifest } from '../image/index.ts';
import type { Firmware, LabRun, Medium, RequestedAccelerator, Topology, TopologyFile } from '../lab/index.ts';
import type { Runner } from '../process/index.ts';
import type { Sources } from './diagnosis/owner.ts';
import type { QuarantineEntry } from './schedule/quarantine-file.ts';
import type { TestRun } from './test-run.ts';

/** The image that is tested, and what is known of how it was made. */
export interface TestedImage {
  readonly manifest: Manifest;
  /** Absolute path; opened read-only. */
  readonly file: string;
  /** The kickstart that the image was made of: a failure names the source line that is behind it. */
  readonly rendered?: NonNullable<Sources['rendered']>;
}

/** A topology with what takes the place of its own. What is absent is as on the default machine. */
export interface WantedHardware {
  readonly topology?: TopologyFile;
  readonly firmware?: Firmware;
  readonly memoryMiB?: number;
  /** How an image is attached of which only the file is known. */
  readonly medium?: Medium;
}

/** What every machine of a run of tests is made with. */
export interface LabMeans {
  readonly accel: RequestedAccelerator;
  readonly runner: Runner;
  readonly toolsRoot: string;
  /** Absolute. Variable stores by generation of keys, for a topology that names one. */
  readonly firmwareKeys?: string;
  /** Verdicts of the accelerator probe are remembered in `<cacheDir>/lab/`. */
  readonly cacheDir: string;
}

/** The machine that an image is tested on. */
export interface TestMachine extends LabMeans {
  /** `exactly`: this machine, but for the image. */
  readonly hardware: WantedHardware | { readonly exactly: Topology };
  /** Absolute; made if missing. The logs are written here while the machine runs. */
  readonly runDir: string;
  /** Absolute. Firmware variables and the TPM's state, which an earlier machine left there; new ones when absent. */
  readonly platformState?: string;
  /** It shares its processors with other machines: its deadlines are longer by this factor. */
  readonly crowding?: number;
  /** Further SMBIOS type 11 strings: system credentials of the guest. */
  readonly credentials?: readonly string[];
}

/** What is asked, what counts, and whom it is told. */
export interface TestPolicy {
  /** Those of the manifest when absent. */
  readonly checks?: readonly Check[];
  /** How long after boot memory is measured; when absent, as soon as it stands still. */
  readonly idleSeconds?: number;
  /** Note the state once it has booted, and go back to it after every check that changes it. */
  readonly snapshots?: boolean;
  /** Answers from before that still hold, by the checks' ids: these are not asked again. */
  readonly reused?: ReadonlyMap<string, CheckResult>;
  /** Checks that are known to fail. */
  readonly quarantine?: readonly QuarantineEntry[];
  /** The machine must refuse to start this image, in these words. */
  readonly refusal?: RegExp;
  /** Called when the machine is on: somebody types at its console while it starts. */
  readonly atStart?: (run: LabRun) => Promise<void> | undefined;
  /** Called with the result while the machine is still on; it is turned off when the promise resolves. */
  readonly hold?: (result: TestRun, run: LabRun) => Promise<void>;
  readonly onProgress?: (progress: TestProgress) => void;
  readonly signal?: AbortSignal;
}

export interface TestProgress {
  readonly stage: 'accelerator' | 'boot' | 'check';
  readonly message: string;
  /** For checks: which of how many has just ended. */
  readonly done?: number;
  readonly total?: number;
}
