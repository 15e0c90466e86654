import {
  canonical,
  check,
  flatten,
  format,
  interpret,
  KICKSTART_VERSIONS,
  LATEST_VERSION,
  parse,
  print,
} from 'kickstart-parser';
import { expect, test } from 'vitest';
import { readCases } from './conformance-cases.ts';
import { mutate, randomNumbers } from './mutations.ts';

/** A slice for every run; the whole was run with FUZZ_RUNS=100000. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 1000);
const SEED = Number(process.env.FUZZ_SEED ?? 1);
/** A limit for hangs: each takes a few milliseconds, also a hundred times as long on a busy machine. */
const HANG_MILLISECONDS = 60_000;

test(`${RUNS} mutated kickstarts are read without a crash or a hang`, { timeout: 30 * 60_000 }, () => {
  const originals = ['_documents', '_own_documents', 'part', 'network', 'raid'].flatMap((group) =>
    readCases(group).map(({ input }) => input),
  );
  const random = randomNumbers(SEED);
  for (let run = 0; run < RUNS; run++) {
    const text = mutate(originals[random(originals.length)] ?? '', random);
    const version = KICKSTART_VERSIONS[random(KICKSTART_VERSIONS.length)] ?? LATEST_VERSION;
    const start = performance.now();
    try {
      exercise(text, version);
    } catch (error) {
      throw new Error(`run ${run} fails on ${JSON.stringify(text)} in ${version}`, { cause: error });
    }
    expect(performance.now() - start).toBeLessThan(HANG_MILLISECONDS);
  }
});

function exercise(text: string, version: (typeof KICKSTART_VERSIONS)[number]): void {
  const document = parse(text);
  if (print(document) !== text) throw new Error('not printed back');
  const { model } = interpret(document, version);
  canonical(model);
  check(document, { version, profile: 'livemedia', isBareMetal: true, checkShell: false });
  flatten(document, { read: () => undefined, optional: true });
  const once = format(document);
  if (format(parse(once)) !== once) throw new Error('formatting is not idempotent');
}
