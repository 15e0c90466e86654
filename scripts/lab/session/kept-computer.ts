import { chmodSync, existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { ReportedError, UsageError } from '../../diagnostic/index.ts';
import { makeDirectory, readJson, writeWhole } from '../../files/index.ts';
import { inToolsTree, type Runner } from '../../process/index.ts';
import type { Firmware } from '../machine/topology.ts';

/** A machine that a person keeps: a directory with its disk, its firmware's variables and its TPM. */
export interface KeptComputer {
  /** Absolute path of a qcow2. */
  readonly disk: string;
  readonly firmware: Firmware;
  /** Absolute. Firmware variables and the TPM's state. */
  readonly platformState: string;
}

/** What its disk can hold; its file takes what is on it. */
export const keptDiskGiB = 64;

const names = { disk: 'disk.qcow2', unfinished: 'disk.qcow2.new', platform: 'platform', about: 'computer.json' };

/**
 * The computer in `directory`, made where nothing is there. A new one starts by UEFI unless another firmware is wanted; an
 * older one as it was made, since what was installed on it was installed for that.
 * @param mayMake whether a new one makes sense: there is something to start that is not on its disk
 * @throws UsageError for a directory that is something else, or another firmware than the one that it has
 */
export async function keptComputer(
  directory: string,
  wanted: Firmware | undefined,
  { runner, toolsRoot, mayMake }: { readonly runner: Runner; readonly toolsRoot: string; readonly mayMake: boolean },
): Promise<KeptComputer> {
  const at = (name: string) => path.join(directory, name);
  const there = existsSync(directory) ? entriesOf(directory) : [];
  const strange = there.find((name) => !Object.values(names).includes(name));
  if (strange !== undefined)
    throw notOne(
      directory,
      `it has ${strange}`,
      'Name a directory that is not there, or one that `run --computer` made.',
    );
  const about = existsSync(at(names.about)) ? firmwareIn(at(names.about)) : undefined;
  if (about !== undefined && !existsSync(at(names.disk))) {
    throw notOne(directory, `its ${names.disk} is gone`, 'Put it back, or remove the directory for a new computer.');
  }
  if (about !== undefined && wanted !== undefined && wanted !== about) {
    throw notOne(
      directory,
      `it starts by ${about}, not ${wanted}`,
      'What is installed there was installed for that: leave --firmware out, or name another directory.',
    );
  }
  if (about === undefined && !mayMake) {
    throw notOne(
      directory,
      'there is no computer yet',
      'Name an image as well, to install it there: `phyllome run installer-headless --computer DIRECTORY`.',
    );
  }
  const computer = { disk: at(names.disk), platformState: at(names.platform) };
  makeDirectory(computer.platformState);
  if (about !== undefined) return { ...computer, firmware: about };
  // Disks and TPMs hold secrets.
  chmodSync(directory, 0o700);
  rmSync(at(names.unfinished), { force: true });
  const argv = ['qemu-img', 'create', '-q', '-f', 'qcow2', at(names.unfinished), `${keptDiskGiB}G`];
  await runner.run({ argv: inToolsTree(toolsRoot, argv, { write: [directory] }) });
  renameSync(at(names.unfinished), computer.disk);
  const firmware = wanted ?? 'uefi';
  writeWhole(at(names.about), `${JSON.stringify({ firmware })}\n`);
  return { ...computer, firmware };
}

function entriesOf(directory: string): string[] {
  if (statSync(directory).isDirectory()) return readdirSync(directory);
  throw notOne(directory, 'it is a file', 'A computer is a directory: its disk, its firmware’s variables and its TPM.');
}

function firmwareIn(file: string): Firmware {
  const { firmware } = (readJson(file) ?? {}) as { firmware?: unknown };
  if (firmware === 'bios' || firmware === 'uefi' || firmware === 'secure-boot') return firmware;
  throw new ReportedError({
    code: 'broken-computer',
    severity: 'error',
    message: `${file} does not say by which firmware this computer starts`,
    hint: 'Write {"firmware": "uefi"} into it, or bios, or secure-boot.',
  });
}

function notOne(directory: string, why: string, hint: string): UsageError {
  return new UsageError({
    code: 'not-a-computer',
    severity: 'error',
    message: `--computer ${directory}: ${why}`,
    hint,
  });
}
