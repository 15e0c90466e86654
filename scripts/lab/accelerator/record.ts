import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { makeDirectory, writeWhole } from '../../files/index.ts';
import type { Accelerator, ProbeResult } from './verdict.ts';

/** What is known about the accelerators of this machine, and until when: a restart or another QEMU makes it stale. */
export interface ProbeRecord {
  readonly schema: 1;
  /** /proc/sys/kernel/random/boot_id of the machine that probed. */
  readonly bootId: string;
  readonly qemuVersion: string;
  /** Whether the user who probed may open /dev/kvm: a module that is loaded later or a new group changes it. */
  readonly kvmDevice: 'open' | 'closed' | 'absent';
  readonly results: Readonly<Record<Accelerator, ProbeResult>>;
}

export type RecordKey = Pick<ProbeRecord, 'bootId' | 'qemuVersion' | 'kvmDevice'>;

/** The results of an earlier probe under the same circumstances; undefined when there are none or the file is damaged. */
export async function readRecord(file: string, key: RecordKey): Promise<ProbeRecord['results'] | undefined> {
  try {
    const record = JSON.parse(await readFile(file, 'utf8')) as Partial<ProbeRecord>;
    const same =
      record.schema === 1 &&
      record.bootId === key.bootId &&
      record.qemuVersion === key.qemuVersion &&
      record.kvmDevice === key.kvmDevice;
    return same ? record.results : undefined;
  } catch {
    return undefined;
  }
}

/** Writes the results whole or not at all. */
export async function writeRecord(file: string, key: RecordKey, results: ProbeRecord['results']): Promise<void> {
  const record: ProbeRecord = { schema: 1, ...key, results };
  makeDirectory(path.dirname(file));
  writeWhole(file, `${JSON.stringify(record, null, 2)}\n`);
}
