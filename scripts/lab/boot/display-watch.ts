import { createHash } from 'node:crypto';
import path from 'node:path';
import { processorStates } from '../machine/processor.ts';
import { QmpError } from '../machine/qmp.ts';
import { type Font, type Picture, plainPart, readFonts, Stillness, takePicture, textOf } from '../screen/index.ts';
import type { LabRun } from './lab-run.ts';

/** What the display shows. Text is read only where it is in a font that firmware, Linux or a loader writes with. */
export interface Display {
  readonly kind: 'blank' | 'text' | 'drawing';
  readonly lines: readonly string[];
}

/** A machine at one moment, seen from outside. */
export interface Look {
  readonly display: Display;
  /** How long nothing has changed on display and serial console, and no disk was read. */
  readonly stillMs: number;
  /** A kernel has taken the machine over. */
  readonly kernel: boolean;
  /** Programs have run on that kernel. */
  readonly programs: boolean;
  /** The kernel has stopped a processor for good. */
  readonly stopped: boolean;
  /** The display is as it was before the kernel: what it shows is not the kernel's. */
  readonly stale: boolean;
}

/** Looks at a machine from outside: its display, its processors and whether anything moves. No agent is needed. */
export class DisplayWatch {
  readonly #run: LabRun;
  readonly #file: string;
  readonly #fonts: readonly Font[];
  readonly #stillness = new Stillness();
  #shown = '';
  #beforeKernel: string | undefined;
  #display: Display = { kind: 'blank', lines: [] };
  #isThorough = false;
  #bytes = 0;
  #kernel = false;
  #programs = false;

  private constructor(run: LabRun, runDir: string, fonts: readonly Font[]) {
    this.#run = run;
    this.#file = path.join(runDir, 'display.ppm');
    this.#fonts = fonts;
  }

  static async of(
    run: LabRun,
    options: { readonly runDir: string; readonly toolsRoot: string },
  ): Promise<DisplayWatch> {
    return new DisplayWatch(run, options.runDir, await readFonts(options.toolsRoot));
  }

  /** Somebody pressed a key: what follows counts from now on. */
  disturb(): void {
    this.#stillness.disturb(this.#run.elapsedMs());
  }

  /**
   * What can be seen now. `thorough`: text is looked for wherever it begins.
   * @throws QmpError when the machine has ended
   */
  async look(thorough = false): Promise<Look> {
    const { machine, milestones } = this.#run;
    const processors = await processorStates(machine.qmp);
    const picture = await takePicture(machine.qmp, this.#file).catch((error: unknown) => {
      // A display that is being set up has no picture yet.
      if (error instanceof QmpError && error.errorClass !== 'Closed') return undefined;
      throw error;
    });
    const shown = picture === undefined ? '' : signatureOf(picture);
    if (!this.#kernel) {
      if (processors.some(({ inKernel }) => inKernel)) {
        this.#kernel = true;
        milestones.pass('kernel');
      } else this.#beforeKernel = shown;
    }
    this.#programs ||= processors.some(({ inProgram }) => inProgram);
    if (shown !== this.#shown || (thorough && !this.#isThorough)) this.#read(picture, thorough);
    this.#shown = shown;
    const serial = withoutNumbers(await this.#run.screen.text());
    const bytes = await machine.bytesRead();
    this.#stillness.look(this.#run.elapsedMs(), `${shown} ${serial}`, bytes !== this.#bytes);
    this.#bytes = bytes;
    return {
      display: this.#display,
      stillMs: this.#stillness.stillMs(this.#run.elapsedMs()),
      kernel: this.#kernel,
      programs: this.#programs,
      stopped: processors.some(({ stopped }) => stopped),
      stale: this.#kernel && shown === this.#beforeKernel,
    };
  }

  #take(line: string, row: number): void {
    this.#run.scanner.scan('display', line, row);
    this.#run.milestones.look(line);
  }

  /** What is bad on the display is as bad as on the console, and says as much of how far the boot is. */
  #read(picture: Picture | undefined, thorough: boolean): void {
    this.#isThorough = thorough;
    this.#display = picture === undefined ? { kind: 'blank', lines: [] } : displayOf(picture, this.#fonts, thorough);
    for (const [row, line] of this.#display.lines.entries()) this.#take(line, row + 1);
  }
}

/** A clock on a screen is nothing new. */
const withoutNumbers = (text: string): string => text.replaceAll(/\d+/g, 'N');

const signatureOf = ({ width, rgb }: Picture): string => `${width} ${createHash('sha1').update(rgb).digest('hex')}`;

function displayOf(picture: Picture, fonts: readonly Font[], thorough: boolean): Display {
  if (plainPart(picture) === 1) return { kind: 'blank', lines: [] };
  const lines = textOf(picture, fonts, thorough);
  if (lines !== undefined) return { kind: 'text', lines };
  // A cursor in the corner is nothing to see.
  return { kind: plainPart(picture) > blankPart ? 'blank' : 'drawing', lines: [] };
}

/** A display with a cursor, and nothing else. */
const blankPart = 0.9995;
