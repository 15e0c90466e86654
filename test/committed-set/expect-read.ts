import { expect } from 'vitest';
import type { FreshSet } from '../../scripts/committed-set/index.ts';
import { readSet } from '../../scripts/committed-set/read-set.ts';

/** What was written, read back, is what was rendered: names, what is said of them, checksums and order. */
export function expectRead({ records, files }: FreshSet): void {
  const read = readSet(files);
  expect(read.strange).toEqual([]);
  expect([...read.records.keys()]).toEqual(records.map(({ file }) => file));
  for (const { file, profile, sha256, essence, order } of records) {
    const { profile: told, ...row } = read.records.get(file) ?? {};
    expect(row, file).toMatchObject({ sha256, essence, order });
    for (const [part, names] of Object.entries(profile)) {
      const its = Object.entries(told ?? {}).find(([name]) => name === part)?.[1];
      expect(Object.fromEntries(its ?? []), `${part} of ${file}`).toEqual(Object.fromEntries(names));
    }
  }
}
