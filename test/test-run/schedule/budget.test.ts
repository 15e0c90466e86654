import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Slots } from '../../../scripts/test-run/schedule/budget.ts';
import { inShard, parseShard } from '../../../scripts/test-run/schedule/shard.ts';

/** Runs such machines and answers the most that ran at a time, and the order in which they began. */
async function play(budget: { memoryMiB: number; cores: number }, machines: readonly (readonly [number, number])[]) {
  const slots = new Slots(budget);
  const began: number[] = [];
  let running = 0;
  let most = 0;
  await Promise.all(
    machines.map(([memoryMiB, processors], index) =>
      slots.use({ memoryMiB, processors }, async () => {
        began.push(index);
        running += 1;
        most = Math.max(most, running);
        await sleep(5);
        running -= 1;
      }),
    ),
  );
  return { most, began };
}

test('as many machines run as memory and processors allow, in their order', async () => {
  const small = [1000, 2] as const;
  expect(await play({ memoryMiB: 10_000, cores: 4 }, [small, small, small, small])).toEqual({
    most: 2,
    began: [0, 1, 2, 3],
  });
  expect(await play({ memoryMiB: 2700, cores: 64 }, [small, small, small])).toMatchObject({ most: 2 });
});

test('a machine larger than the budget runs alone, and is not overtaken', async () => {
  const { most, began } = await play({ memoryMiB: 4000, cores: 4 }, [
    [1000, 2],
    [9000, 8],
    [1000, 2],
  ]);
  expect(began).toEqual([0, 1, 2]);
  expect(most).toBe(1);
});

test('a place is free again when the work ended badly', async () => {
  const slots = new Slots({ memoryMiB: 2000, cores: 2 });
  const demand = { memoryMiB: 1000, processors: 2 };
  await expect(slots.use(demand, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await slots.use(demand, async () => 'ran')).toBe('ran');
});

test('shards cover everything once', () => {
  const all = [1, 2, 3, 4, 5, 6, 7];
  const shards = [1, 2, 3].map((number) => inShard(all, { number, of: 3 }));
  expect(shards.flat().sort()).toEqual(all);
  expect(parseShard('2/3')).toEqual({ number: 2, of: 3 });
  for (const wrong of ['0/3', '4/3', '1', 'a/b', '1/0', '']) expect(parseShard(wrong)).toBeUndefined();
});
