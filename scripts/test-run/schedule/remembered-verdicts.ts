import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Check, CheckResult } from '../../checks/index.ts';
import { makeDirectory, writeWhole } from '../../files/index.ts';
import type { Manifest } from '../../image/index.ts';
import type { TestRun } from '../test-run.ts';
import type { MachinePlan } from './plan-machines.ts';

/** What answers depend on besides the image: the code that asks, the tools, and how the machine is made. */
export interface Surroundings {
  /** `hashOfCode` */
  readonly code: string;
  readonly toolsRoot: string;
  readonly accel: string;
}

/** A machine and what is asked on it. */
type Asking = Pick<MachinePlan, 'topology' | 'checks'>;

/**
 * Answers that still hold. Only what was well is remembered: a failure is always looked into anew. What is remembered
 * depends on the code that asked, the machine, the tools, and the image: whole for a run, the parts that it declares for a check.
 */
export class RememberedVerdicts {
  readonly #directory: string;
  readonly #surroundings: Surroundings;

  constructor(cacheDir: string, surroundings: Surroundings) {
    this.#directory = path.join(cacheDir, 'lab', 'verdicts');
    this.#surroundings = surroundings;
  }

  /** The last good run of this machine with this image. */
  async run(plan: MachinePlan, manifest: Manifest): Promise<TestRun | undefined> {
    return (await this.#read(this.#runKey(plan, manifest))) as TestRun | undefined;
  }

  /** Passes of checks that look at parts of the image which have not changed, by the checks' ids. */
  async checks(plan: Asking, manifest: Manifest): Promise<ReadonlyMap<string, CheckResult>> {
    const found = new Map<string, CheckResult>();
    for (const check of plan.checks) {
      const result = (await this.#read(this.#checkKey(check, plan, manifest))) as CheckResult | undefined;
      if (result !== undefined) found.set(check.id, result);
    }
    return found;
  }

  /** Remembers the checks that passed in a run, and forgets those that passed before and no longer do. */
  async rememberChecks(plan: Asking, manifest: Manifest, run: TestRun): Promise<void> {
    makeDirectory(this.#directory);
    for (const check of plan.checks) {
      const result = run.checks.find(({ id }) => id === check.id);
      if (result === undefined || check.inputs === undefined) continue;
      const key = this.#checkKey(check, plan, manifest);
      if (result.status === 'passed') this.#write(key, { ...result, reusedFrom: result.reusedFrom ?? run.startedAt });
      else await this.#forget(key);
    }
  }

  /** The same, and the run as a whole. */
  async remember(plan: MachinePlan, manifest: Manifest, run: TestRun): Promise<void> {
    await this.rememberChecks(plan, manifest, run);
    const known = run.checks.some(({ quarantine }) => quarantine !== undefined);
    const key = this.#runKey(plan, manifest);
    // A quarantine ends, and with it a verdict that counted on it.
    if (run.verdict === 'passed' && !known) this.#write(key, { ...run, reusedFrom: run.startedAt });
    else await this.#forget(key);
  }

  #runKey({ topology, checks, tampering }: MachinePlan, manifest: Manifest): string {
    const ids = checks.map(({ id }) => id);
    return this.#key(['run', manifest.inputHash, topology, ids, tampering?.of ?? '']);
  }

  #checkKey({ id, inputs }: Check, { topology }: Asking, manifest: Manifest): string {
    // Where a manifest does not know a part, two images may differ in it and have equal manifests.
    const isKnown = manifest.unknown === undefined;
    const parts = (isKnown ? inputs?.map((part) => [part, manifest[part]]) : undefined) ?? [manifest.inputHash];
    return this.#key(['check', id, parts, topology]);
  }

  #key(values: readonly unknown[]): string {
    const { code, toolsRoot, accel } = this.#surroundings;
    return createHash('sha256')
      .update(JSON.stringify([code, toolsRoot, accel, ...values]))
      .digest('hex')
      .slice(0, 32);
  }

  async #read(key: string): Promise<unknown> {
    try {
      return JSON.parse(await readFile(this.#file(key), 'utf8'));
    } catch {
      // Not there, or cut off by a full disk: it is found out again.
      return undefined;
    }
  }

  #forget(key: string): Promise<void> {
    return rm(this.#file(key), { force: true });
  }

  #file(key: string): string {
    return path.join(this.#directory, `${key}.json`);
  }

  #write(key: string, value: unknown): void {
    writeWhole(this.#file(key), JSON.stringify(value));
  }
}
