import { type Change, changesBetween } from '../../explain/index.ts';
import type { TestRecord } from '../tests/read-tests.ts';

/** What differs between what tests saw of two images. Undefined where no test was made of both. */
export interface TestChanges {
  readonly verdicts: readonly Change[];
  readonly sockets: readonly Change[] | undefined;
  readonly footprint: readonly Change[] | undefined;
  /** Socket, as it is called in the changes → the unit that it is of. */
  readonly unitOf: ReadonlyMap<string, string>;
}

/** Less than this the same image differs by from boot to boot. */
const MEMORY_NOISE_MIB = 6;
/** Of what else runs on the machine that tests. */
const TIME_NOISE = 0.25;
const TIME_NOISE_MS = 2000;

/** Compares tests of the same name; those that only one image had are told with their verdict alone. */
export function testChanges(before: readonly TestRecord[], after: readonly TestRecord[]): TestChanges | undefined {
  const [old, now] = [byName(before), byName(after)];
  const pairs = after.flatMap((is) => {
    const was = old.get(is.name);
    return was === undefined ? [] : [{ was, is }];
  });
  if (pairs.length === 0) return undefined;
  const booted = pairs.filter(({ was, is }) => was.booted && is.booted);
  const sides = [booted.map(({ was }) => was), booted.map(({ is }) => is)] as const;
  return {
    verdicts: changesBetween(verdicts(old), verdicts(now)),
    sockets: booted.length === 0 ? undefined : changesBetween(sockets(sides[0]), sockets(sides[1])),
    footprint: booted.length === 0 ? undefined : booted.flatMap(({ was, is }) => footprint(was, is)),
    unitOf: new Map(sides.flat().flatMap((test) => test.listening.map((one) => [socketName(one), one.unit] as const))),
  };
}

const byName = (tests: readonly TestRecord[]) => new Map(tests.map((test) => [test.name, test]));

function verdicts(tests: ReadonlyMap<string, TestRecord>): ReadonlyMap<string, string> {
  return new Map(
    [...tests].map(([name, { verdict, wrong }]) => [
      name,
      wrong.length > 0 ? `${verdict}: ${wrong.join(', ')}` : verdict,
    ]),
  );
}

const socketName = ({ protocol, address, port }: TestRecord['listening'][number]) =>
  `${protocol} ${address.includes(':') ? `[${address}]` : address}:${port}`;

function sockets(tests: readonly TestRecord[]): ReadonlyMap<string, string> {
  return new Map(tests.flatMap(({ listening }) => listening.map((one) => [socketName(one), one.unit] as const)));
}

/** What is more than noise, on machines that are alike. */
function footprint(was: TestRecord, is: TestRecord): readonly Change[] {
  const changes: Change[] = [];
  const tell = (what: string, before: string, after: string) =>
    changes.push({ name: `${what} (${is.name})`, before, after });
  if (was.machine !== is.machine) return changes;
  if (was.idleMiB !== undefined && is.idleMiB !== undefined && differ(was.idleMiB, is.idleMiB, MEMORY_NOISE_MIB)) {
    tell('memory at idle', `${was.idleMiB} MiB`, `${is.idleMiB} MiB`);
  }
  if (was.services !== undefined && is.services !== undefined && was.services !== is.services) {
    tell('running services', String(was.services), String(is.services));
  }
  if (was.settledMs !== undefined && is.settledMs !== undefined) {
    const noise = Math.max(TIME_NOISE_MS, was.settledMs * TIME_NOISE);
    if (differ(was.settledMs, is.settledMs, noise)) {
      tell('boot until settled', seconds(was.settledMs), seconds(is.settledMs));
    }
  }
  return changes;
}

const differ = (a: number, b: number, noise: number) => Math.abs(a - b) >= noise;

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
