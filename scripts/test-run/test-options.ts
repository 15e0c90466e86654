import type { Check, CheckResult } from '../checks/index.ts';
import type { Manifest } from '../image/index.ts';
import type { Firmware, LabRun, RequestedAccelerator, Topology, TopologyFile } from '../lab/index.ts';
import type { Runner } from '../process/index.ts';
import type { Sources } from './diagnosis/owner.ts';
import type { QuarantineEntry } from './schedule/quarantine.ts';
import type { TestRun } from './test-run.ts';

/** What is tested, on which machine, and where it is told. */
export interface TestOptions {
  readonly manifest: Manifest;
  /** The kickstart that the image was made of: a failure names the source line that is behind it. */
  readonly rendered?: NonNullable<Sources['rendered']>;
  /** Absolute path of the ISO; opened read-only. */
  readonly imageFile: string;
  /** The default machine when absent. */
  readonly topology?: TopologyFile;
  /** Takes the place of the topology: exactly this machine, but for the image. */
  readonly machine?: Topology;
  /** Takes the place of the topology's. */
  readonly firmware?: Firmware;
  readonly accel: RequestedAccelerator;
  readonly toolsRoot: string;
  /** Verdicts of the accelerator probe are remembered in `<cacheDir>/lab/`. */
  readonly cacheDir: string;
  /** Absolute; made if missing. The logs are written here while the machine runs. */
  readonly runDir: string;
  readonly runner: Runner;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TestProgress) => void;
  /** How long after boot memory is measured; when absent, as soon as it stands still. */
  readonly idleSeconds?: number;
  /** Just these checks. */
  readonly only?: readonly string[];
  /** These in place of the manifest's. */
  readonly checks?: readonly Check[];
  /** Note the state once it has booted, and go back to it after every check that changes it. */
  readonly snapshots?: boolean;
  /** Answers from before that still hold, by the checks' ids: these are not asked again. */
  readonly reused?: ReadonlyMap<string, CheckResult>;
  /** The machine shares its processors with others: its deadlines are longer by this factor. */
  readonly crowding?: number;
  /** Checks that are known to fail. */
  readonly quarantine?: readonly QuarantineEntry[];
  /** The machine must refuse to start this image, in these words. */
  readonly refusal?: RegExp;
  readonly memoryMiB?: number;
  /** Called with the result while the machine is still on; it is turned off when the promise resolves. */
  readonly hold?: (result: TestRun, run: LabRun) => Promise<void>;
  /** Further SMBIOS type 11 strings: system credentials of the guest. */
  readonly credentials?: readonly string[];
}

export interface TestProgress {
  readonly stage: 'accelerator' | 'boot' | 'check';
  readonly message: string;
  /** For checks: which of how many has just ended. */
  readonly done?: number;
  readonly total?: number;
}
