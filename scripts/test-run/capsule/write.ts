import { cp, link, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sha256Of } from '../../files/index.ts';
import type { Manifest } from '../../image/index.ts';
import { inToolsTree } from '../../process/index.ts';
import type { TestMachine } from '../test-inputs.ts';
import type { TestRun } from '../test-run.ts';
import { type Capsule, capsuleFile, type Point } from './capsule.ts';

/** What a run leaves in its directory, as far as it came. The report is made of these. */
const kept = ['console.log', 'console.raw', 'journal.log', 'qemu.log', 'screens', 'screenshot.png'];

/** Where the disks that the guest wrote to are kept until the capsule is closed. */
const diskDirectory = 'disks';

/**
 * Keeps what the guest wrote to its disks: they are removed with the machine. Hard links, so that what QEMU still has to
 * write before it ends is there too.
 */
export async function keepDisks(runDir: string): Promise<void> {
  const machine = path.join(runDir, 'machine');
  const disks = path.join(runDir, diskDirectory);
  await rm(disks, { recursive: true, force: true });
  const names = (await readdir(machine)).filter((name) => /^(?:disk\d+|layer)\.qcow2$/.test(name));
  if (names.length > 0) await mkdir(disks);
  for (const name of names) await link(path.join(machine, name), path.join(disks, name));
}

/** Everything about a failed run in one file: `phyllome replay` boots it again. Returns its path. */
export async function writeCapsule(run: TestRun, options: WriteCapsuleOptions): Promise<string> {
  const { runDir, runner, toolsRoot } = options;
  const directory = path.join(runDir, 'capsule');
  const file = path.join(runDir, capsuleFile);
  await rm(directory, { recursive: true, force: true });
  await rm(file, { force: true });
  await mkdir(directory);
  const capsule: Capsule = {
    schema: 1,
    manifest: options.manifest,
    image: { file: run.image.file, sha256: await sha256Of(run.image.file, options.signal) },
    topology: run.topology,
    accelerator: run.accelerator.chosen,
    credentials: options.credentials ?? [],
    command: run.command,
    point: pointOf(run),
  };
  const write = (name: string, value: unknown) =>
    writeFile(path.join(directory, name), `${JSON.stringify(value, null, 2)}\n`);
  await write('capsule.json', capsule);
  await write('results.json', run);
  if (options.plan !== undefined) await write('plan.json', options.plan);
  const there = new Set(await readdir(runDir));
  for (const name of [...kept, diskDirectory].filter((one) => there.has(one))) {
    await cp(path.join(runDir, name), path.join(directory, name), { recursive: true });
  }
  // No --sparse: an overlay disk holds what was written only.
  const argv = ['tar', '--create', '--zstd', '--file', file, '--directory', directory, '.'];
  await runner.run({ argv: inToolsTree(toolsRoot, argv, { write: [runDir] }) });
  await rm(directory, { recursive: true });
  await rm(path.join(runDir, diskDirectory), { recursive: true, force: true });
  return file;
}

export interface WriteCapsuleOptions extends Pick<TestMachine, 'credentials' | 'runDir' | 'toolsRoot' | 'runner'> {
  readonly manifest: Manifest;
  readonly signal?: AbortSignal;
  /** What the image was made by: the record of its build. */
  readonly plan?: unknown;
}

export function pointOf(run: Pick<TestRun, 'diagnostics' | 'milestones'>): Point {
  return {
    codes: run.diagnostics.map(({ code }) => code),
    message: run.diagnostics[0]?.message ?? '',
    lastMilestone: run.milestones.at(-1)?.id ?? 'power-on',
  };
}
