import { setTimeout as sleep } from 'node:timers/promises';
import { type CheckOutcome, failed, passed } from '../checks/index.ts';
import { type Picture, plainPart } from '../lab/index.ts';
import type { Step } from './expectation-file.ts';
import type { ForeignContext } from './question.ts';

/** For a text to appear, at the reference speed. */
const usualSeconds = 60;
/** A key is held and let go; a loader that polls its keyboard sees no two in one look. */
const betweenKeysMs = 150;

/** What a step does, in words. */
export function stepTitle(step: Step): string {
  const where = step.on === undefined ? '' : ` on the ${step.on === 'serial' ? 'serial console' : 'display'}`;
  if (step.see !== undefined) return `“${step.see}” appears${where}`;
  if (step.press !== undefined)
    return `${step.press.join('+')} is pressed${step.times === undefined ? '' : ` ${step.times} times`}`;
  if (step.type !== undefined) return `${JSON.stringify(step.type)} is typed${where}`;
  if (step.picture !== undefined) return 'a part of the display is not of one colour';
  return step.reboot === true ? 'it is restarted' : 'the power goes';
}

/** Does a step, and tells what came of it. */
export async function takeStep(step: Step, context: ForeignContext): Promise<CheckOutcome> {
  if (step.see !== undefined) return waitToSee(step.see, step, context);
  if (step.picture !== undefined) return judgePicture(await context.machine.picture(), step.picture);
  if (step.press !== undefined) {
    for (let time = 0; time < (step.times ?? 1); time += 1) {
      await context.machine.press(step.press);
      await sleep(betweenKeysMs);
    }
    return passed('done');
  }
  if (step.type !== undefined) {
    if (step.on === 'serial') context.serial.type(step.type.replaceAll('\n', '\r'));
    else await context.machine.type(step.type);
    return passed('done');
  }
  await context.restart(step.reboot === true ? 'reboot' : 'power-cut');
  return passed('it came to rest as before');
}

async function waitToSee(wanted: string, step: Step, context: ForeignContext): Promise<CheckOutcome> {
  const seconds = context.scaled(step.withinSeconds ?? usualSeconds);
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const serial = step.on === 'display' ? '' : await context.serial.text();
    const display = step.on === 'serial' ? [] : (await context.look()).display.lines;
    const lines = [...serial.split('\n'), ...display].filter((line) => line.trim() !== '');
    const found = lines.find((line) => (step.matches === true ? new RegExp(wanted).test(line) : line.includes(wanted)));
    if (found !== undefined) return passed(found.trim(), lines);
    if (performance.now() > deadline) return failed(`it did not appear within ${Math.round(seconds)} s`, lines);
    await sleep(1000);
  }
}

/** `part` in hundredths of the display. */
export function judgePicture(picture: Picture, part: NonNullable<Step['picture']>): CheckOutcome {
  const left = Math.floor((picture.width * part.left) / 100);
  const top = Math.floor((picture.height * part.top) / 100);
  const width = Math.max(1, Math.min(picture.width - left, Math.round((picture.width * part.width) / 100)));
  const height = Math.max(1, Math.min(picture.height - top, Math.round((picture.height * part.height) / 100)));
  const rows = Array.from({ length: height }, (_, row) => {
    const at = ((top + row) * picture.width + left) * 3;
    return picture.rgb.subarray(at, at + width * 3);
  });
  const plain = plainPart({ width, height, rgb: Buffer.concat(rows) });
  const words = `${Math.round(plain * 100)} % of ${width} × ${height} pixels have one colour`;
  return plain === 1 ? failed(words) : passed(words);
}
