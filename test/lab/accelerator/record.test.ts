import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readRecord, writeRecord } from '../../../scripts/lab/accelerator/record.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'record-'));
});
afterEach(() => rm(directory, { recursive: true }));

const key = { bootId: 'boot-1', qemuVersion: '10.0.13', kvmDevice: 'open' } as const;
const results = {
  tcg: { verdict: 'works', iterationsPerSecond: 1, durationMs: 1, detail: '' },
  kvm: { verdict: 'absent', durationMs: 1, detail: '' },
} as const;

test('what was written is read back, and nothing else is left in the directory', async () => {
  const file = path.join(directory, 'deeper', 'accelerator.json');
  await writeRecord(file, key, results);
  expect(await readRecord(file, key)).toEqual(results);
  expect(await readdir(path.dirname(file))).toEqual(['accelerator.json']);
});

test.each([{ bootId: 'boot-2' }, { qemuVersion: '10.1.0' }, { kvmDevice: 'closed' as const }])(
  'another %o is another question',
  async (other) => {
    const file = path.join(directory, 'accelerator.json');
    await writeRecord(file, key, results);
    expect(await readRecord(file, { ...key, ...other })).toBeUndefined();
  },
);

test('a missing, damaged or foreign file is as good as none', async () => {
  const file = path.join(directory, 'accelerator.json');
  expect(await readRecord(file, key)).toBeUndefined();
  for (const content of ['', '{"schema":1,"boo', 'null', '[]', JSON.stringify({ ...key, schema: 2, results })]) {
    await writeFile(file, content);
    expect(await readRecord(file, key)).toBeUndefined();
  }
});
