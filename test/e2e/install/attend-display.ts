import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LabRun } from '../../../scripts/lab/index.ts';
import { keysOf, pressTogether } from '../../../scripts/lab/screen/keyboard.ts';
import { takeScreenshot } from '../../../scripts/lab/screen/screenshot.ts';

/** A key by QEMU's name, or a text that is typed. */
export type Pressed = { readonly key: string; readonly times?: number } | { readonly text: string };

const limitMs = 300_000;
const betweenLooksMs = 500;
/** QEMU holds a key for a tenth of a second. */
const betweenKeysMs = 150;

/** The machine's own display and keyboard. What stands on it is asked of the kernel, beside what a picture shows to people. */
export class Display {
  readonly #run: LabRun;
  readonly #directory: string;
  readonly pictures: { readonly title: string; readonly file: string }[] = [];

  /** `directory`: of the run, which QEMU can write to. */
  constructor(run: LabRun, directory: string) {
    this.#run = run;
    this.#directory = directory;
  }

  /** Waits until the display shows a text, and takes a picture of it. */
  async shows(title: string, words: RegExp): Promise<void> {
    const end = Date.now() + limitMs;
    for (let text = await this.#text(); !words.test(text); text = await this.#text()) {
      if (Date.now() > end) throw new Error(`the display does not show ${words}, but:\n${text}`);
      await sleep(betweenLooksMs);
    }
    const file = path.join(this.#directory, `display-${String(this.pictures.length + 1).padStart(2, '0')}.png`);
    await takeScreenshot(this.#run.machine.qmp, file);
    this.pictures.push({ title, file });
  }

  async press(...all: readonly Pressed[]): Promise<void> {
    for (const one of all) {
      const keys = 'text' in one ? keysOf(one.text) : Array.from({ length: one.times ?? 1 }, () => [one.key]);
      for (const together of keys) {
        await pressTogether(this.#run.machine.qmp, together);
        await sleep(betweenKeysMs);
      }
    }
  }

  /** Of the first virtual terminal, in one line. */
  async #text(): Promise<string> {
    return (await this.#run.guest.run('tr -s " " < /dev/vcs1')).stdout;
  }
}
