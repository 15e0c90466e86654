import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { largeTexts } from '../../scripts/kickstart-parser/bench/large-texts.ts';
import { plainProgram } from '../plain-program.ts';

const SOME = 600;

/**
 * Prints how many blocks of code are run through while each text is read, as V8 counts them: the same number on every
 * machine, however busy. What is optimised is not counted whole, so nothing is.
 */
const program = `
  import { Session } from 'node:inspector/promises';
  import { check, flatten, format, parse } from './scripts/kickstart-parser/src/index.ts';
  import { largeTexts } from './scripts/kickstart-parser/bench/large-texts.ts';

  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  const count = async (text) => {
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    const document = parse(text);
    check(document, { checkShell: false });
    format(document);
    flatten(document, { read: () => undefined, optional: true });
    const { result } = await session.post('Profiler.takePreciseCoverage');
    await session.post('Profiler.stopPreciseCoverage');
    return result
      .filter(({ url }) => url === import.meta.url)
      .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges.map((range) => range.count)))
      .reduce((sum, one) => sum + one, 0);
  };
  const counts = {};
  for (const [name, text] of Object.entries(largeTexts)) {
    await count(text(10)); // What is made once is not counted.
    counts[name] = [await count(text(${SOME})), await count(text(${2 * SOME}))];
  }
  console.log(JSON.stringify(counts));
`;

test('reading takes twice the work for twice the text', () => {
  const unoptimised = ['--no-opt', '--no-sparkplug', '--no-lazy-feedback-allocation'];
  const output = execFileSync(process.execPath, [...unoptimised, plainProgram(program)], { encoding: 'utf8' });
  const counts = JSON.parse(output) as Record<string, readonly [number, number]>;
  expect(Object.keys(counts)).toEqual(Object.keys(largeTexts));
  for (const [name, [some, twice]] of Object.entries(counts)) {
    expect(some, name).toBeGreaterThan(SOME);
    expect(twice / some, name).toBeGreaterThan(1.9);
    expect(twice / some, name).toBeLessThan(2.1);
  }
});
