import { expect, test } from 'vitest';
import {
  authorities,
  heldKeys,
  type KeyGeneration,
  keyGenerations,
  readSignatureLists,
} from '../../scripts/secure-boot/index.ts';
import { valueIn } from './stores.ts';

const fingerprints = (keys: KeyGeneration, name: string) =>
  readSignatureLists(valueIn(keys, name)).certificates.map(({ sha256 }) => sha256);
const own = readSignatureLists(valueIn('keys-own', 'db')).certificates;

test.each(keyGenerations)('the store of %s holds the certificates with these fingerprints and no others', (keys) => {
  const held = heldKeys[keys];
  const ours = held.own ? own.map(({ sha256 }) => sha256) : [];
  for (const [name, ids] of [
    ['KEK', held.kek],
    ['db', held.db],
    ['dbx', held.dbx],
  ] as const)
    expect(fingerprints(keys, name), name).toEqual([
      ...ids.map((id) => authorities[id].sha256),
      ...(name === 'dbx' ? [] : ours),
    ]);
  expect(fingerprints(keys, 'PK')).toHaveLength(keys === 'setup-mode' ? 0 : 1);
  expect(valueIn(keys, 'SbatLevel').toString()).toBe(held.sbatLevel ?? '');
  expect(valueIn(keys, 'SecureBootEnable').toString('hex')).toBe(keys === 'setup-mode' ? '' : '01');
});

test('what is in a list is told by name and date as this program knows it', () => {
  const found = [
    ...readSignatureLists(valueIn('keys-both', 'db')).certificates,
    ...readSignatureLists(valueIn('keys-both', 'KEK')).certificates,
  ];
  expect(found).toHaveLength(6);
  for (const { name, sha256, validUntil } of found)
    expect(Object.values(authorities).find((one) => one.sha256 === sha256)).toMatchObject({ name, validUntil });
  expect(own).toMatchObject([{ name: 'Owner of a lab machine' }]);
});

test('hashes of programs are told from certificates', () => {
  expect(readSignatureLists(valueIn('keys-2011', 'dbx'))).toEqual({
    certificates: [],
    // virt-fw-vars puts the hash of nothing there, so that the variable exists.
    hashes: ['e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  });
});

test('a damaged list is refused, and none is empty', () => {
  const db = valueIn('keys-both', 'db');
  expect(() => readSignatureLists(db.subarray(0, -1))).toThrow(RangeError);
  expect(() => readSignatureLists(db.subarray(0, 20))).toThrow(RangeError);
  expect(() => readSignatureLists(Buffer.alloc(28))).toThrow(/damaged/);
  expect(readSignatureLists(Buffer.alloc(0))).toEqual({ certificates: [], hashes: [] });
});
