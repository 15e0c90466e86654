import { expect, test } from 'vitest';
import { inputHash, stageKey } from '../../../scripts/plan/key.ts';
import type { CachedStage, Stage } from '../../../scripts/plan/plan.ts';
import type { Privilege } from '../../../scripts/process/index.ts';
import { planOf } from './fixtures.ts';

const isCached = (stage: Stage): stage is CachedStage => 'key' in stage;

/** Of each stage, chained as a build does. Files of earlier stages are not there: what they hold is left out. */
function hashed(privilege: Privilege, hash: typeof stageKey, lines: readonly string[] = []) {
  const lists = [...lines, 'part / --size=4096', 'reqpart', 'bootloader'];
  const found = new Map<string, string>();
  const { stages } = planOf(lists, ['disk-raw', 'disk-qcow2', 'oci'], privilege);
  for (const stage of stages.filter(isCached)) {
    found.set(stage.id, hash({ ...stage, key: { ...stage.key, files: [] } }, found, new Map()));
  }
  return found;
}

test('the hash of inputs is the same for root and for an ordinary user, and in the cache their outputs are apart', () => {
  const [byRoot, byUser] = (['root', 'user-namespace'] as const).map((privilege) => hashed(privilege, inputHash));
  expect([...(byUser ?? [])]).toEqual([...(byRoot ?? [])]);
  expect(byRoot?.get('disk-qcow2')).toMatch(/^[\da-f]{20}$/);
  for (const stage of ['tools', 'root-tree', 'disk-raw']) {
    expect(hashed('root', stageKey).get(stage), stage).not.toBe(hashed('user-namespace', stageKey).get(stage));
  }
  expect([...hashed('root', stageKey)]).toEqual([...(byRoot ?? [])]);
});

test('it is another one where the system is another', () => {
  const [one, other] = [[], ['lang C.UTF-8']].map((lines) => hashed('user-namespace', inputHash, lines));
  expect(one?.get('disk-raw')).not.toBe(other?.get('disk-raw'));
});
