import path from 'node:path';
import { objectIn } from '../../files/index.ts';
import type { BuildManifest } from '../../image/index.ts';
import { testReports } from './test-reports.ts';

/** What is compared of one test of an image: a part of its `results.json`, which a room above writes. */
export interface TestRecord {
  /** Its directory below `test/`, without `scenarios/`: `bios`, `secure-boot`. */
  readonly name: string;
  readonly verdict: 'passed' | 'failed';
  /** Ids of failed checks, else codes of what else went wrong. */
  readonly wrong: readonly string[];
  readonly booted: boolean;
  /** What decides how long things take: accelerator and machine. */
  readonly machine: string;
  /** ISO 8601 */
  readonly startedAt: string;
  /** From power-on until nothing is starting any more. */
  readonly settledMs?: number;
  readonly phases?: { readonly kernelMs: number; readonly initramfsMs: number; readonly userspaceMs: number };
  readonly idleMiB?: number;
  readonly services?: number;
  readonly listening: readonly Socket[];
}

export interface Socket {
  readonly protocol: string;
  readonly address: string;
  readonly port: number;
  readonly unit: string;
}

/** What is read of the file; the rest of it is of no matter here. */
interface Results {
  readonly verdict: TestRecord['verdict'];
  readonly image: { readonly sha256: string };
  readonly booted?: boolean;
  readonly startedAt?: string;
  readonly accelerator?: { readonly chosen?: string };
  readonly topology?: { readonly processors?: number; readonly memoryMiB?: number; readonly firmware?: string };
  readonly timings?: { readonly settledMs?: number; readonly guest?: TestRecord['phases'] };
  readonly checks: readonly {
    readonly id: string;
    readonly status: string;
    readonly quarantine?: unknown;
    readonly values?: Readonly<Record<string, unknown>>;
  }[];
  readonly diagnostics?: readonly { readonly code: string }[];
  readonly evidence?: { readonly listening?: readonly Socket[] };
}

/**
 * The tests of the images that a manifest is about, by name; of an earlier build in the same place none. What is no such
 * file is passed over.
 * @throws ReportedError for a report that cannot be read
 */
export function readTests(directory: string, { outputs }: Pick<BuildManifest, 'outputs'>): readonly TestRecord[] {
  const sums = new Set(outputs.flatMap(({ files }) => files.map(({ sha256 }) => sha256)));
  return testReports(directory).flatMap(({ name, bytes }): readonly TestRecord[] => {
    const results = objectIn(bytes);
    if (!isResults(results) || !sums.has(results.image.sha256)) return [];
    return [recordOf(path.posix.dirname(name).replace(/^test\/(?:scenarios\/)?/, ''), results)];
  });
}

function isResults(read: unknown): read is Results {
  const results = read as Partial<Results> | null | undefined;
  return (
    (results?.verdict === 'passed' || results?.verdict === 'failed') &&
    typeof results.image?.sha256 === 'string' &&
    Array.isArray(results.checks)
  );
}

function recordOf(name: string, results: Results): TestRecord {
  const { verdict, checks, timings, topology, accelerator } = results;
  const failed = checks.filter(({ status, quarantine }) => status === 'failed' && quarantine === undefined);
  const wrong = failed.length > 0 ? failed.map(({ id }) => id) : (results.diagnostics ?? []).map(({ code }) => code);
  const known = (id: string, value: string): number | undefined => {
    const found = checks.find((check) => check.id === id)?.values?.[value];
    return typeof found === 'number' ? found : undefined;
  };
  const [idleMiB, services] = [known('idle-memory', 'usedMiB'), known('running-services', 'count')];
  return {
    name,
    verdict,
    wrong: verdict === 'passed' ? [] : [...new Set(wrong)],
    booted: results.booted === true,
    machine: [accelerator?.chosen, topology?.firmware, topology?.processors, topology?.memoryMiB].join(' '),
    startedAt: results.startedAt ?? '',
    ...(timings?.settledMs !== undefined && { settledMs: timings.settledMs }),
    ...(timings?.guest !== undefined && { phases: timings.guest }),
    ...(idleMiB !== undefined && { idleMiB }),
    ...(services !== undefined && { services }),
    listening: results.evidence?.listening ?? [],
  };
}
