import { setTimeout as sleep } from 'node:timers/promises';
import { differingPart, plainPart } from '../lab/index.ts';
import { type CheckContext, type CheckOutcome, failed, passed } from './check.ts';

/** What is asked of the screen. */
interface Sight {
  /** Keys that change what is shown. */
  readonly keys: readonly string[];
  /** Keys that undo that. */
  readonly undo: readonly string[];
  /** What is on the screen, the beginning of a summary. */
  readonly what: string;
  /** Name of the picture that is kept. */
  readonly picture: string;
  readonly evidence: readonly string[];
}

/** Looks at the display, which is not blank, and presses keys, which change more of it than a clock would. */
export async function seen({ machine, scaled }: CheckContext, sight: Sight): Promise<CheckOutcome> {
  const { keys, undo, what, picture, evidence } = sight;
  const before = await machine.picture();
  const plain = plainPart(before);
  if (plain > 0.99) return failed(`${inPercent(plain)} of the screen are one colour`, evidence);
  await machine.press(keys);
  const tries = 40;
  for (let left = tries; left > 0; left--) {
    const changed = differingPart(before, await machine.picture());
    // More than a clock changes.
    if (changed > 0.01) {
      await machine.screenshot(picture);
      await machine.press(undo);
      const measured = { plainPart: plain, changedPart: changed };
      return passed(`${what}; a key changed ${inPercent(changed)} of the screen`, evidence, measured);
    }
    await sleep(scaled(1) * 1000);
  }
  await machine.screenshot(picture);
  const seconds = Number(scaled(tries).toPrecision(2));
  return failed(`a key changed nothing on the screen in ${seconds} s`, evidence);
}

const inPercent = (part: number): string => `${(part * 100).toFixed(1)} %`;

/** Lines that hold anything. */
export const lines = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');
