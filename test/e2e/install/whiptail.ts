import type { LabRun } from '../../../scripts/lab/index.ts';

/** Where they are shown; `failed` rejects when nothing more will be. */
type Terminal = Pick<LabRun, 'screen' | 'failed'>;
type Screen = Terminal['screen'];

/** A dialog is drawn within that time on the slowest computer; nothing is said of how fast it is. */
const patienceMs = 300_000;
/** A list of places is longer than the box that shows it. */
const mostLines = 80;
const bottomOfBox = /└─+┘\s*$/;

/** Dialogs on a serial terminal, as whoever sits there reads them and presses keys. */
export class Whiptail {
  readonly #run: Terminal;

  constructor(run: Terminal) {
    this.#run = run;
  }

  get #screen(): Screen {
    return this.#run.screen;
  }

  /** Waits until a text is on the screen. */
  async reads(words: RegExp): Promise<string> {
    return Promise.race([this.#screen.waitFor(words, patienceMs), this.#run.failed]);
  }

  /** Waits until a dialog is drawn to its end, and remembers it; answers with the whole screen. */
  async shows(words: RegExp): Promise<string> {
    const text = await this.reads(new RegExp(`${words.source}[\\s\\S]*${bottomOfBox.source}`));
    await this.#screen.keep(/┤ (.+) ├/.exec(text)?.[1] ?? String(words));
    return text;
  }

  /** Goes through the list of the dialog that shows `question` to the line that has `words`, and takes it. */
  async choose(question: RegExp, words: RegExp): Promise<void> {
    const shown = (await this.shows(question)).split('\n');
    // The question itself may have the words, too: the list begins behind a blank line.
    const linesBefore = shown.findIndex((text, index) => index > 2 && /^ *│ *│ *$/.test(text));
    for (let line = 0; line < mostLines; line += 1) {
      const marked = await this.#marked();
      if (words.test(marked)) return this.#screen.press('Enter');
      const list = (await this.#screen.text()).split('\n').slice(linesBefore);
      const place = list.findIndex((text) => text.includes(marked));
      this.#screen.press(list.slice(0, place).some((text) => words.test(text)) ? 'Up' : 'Down');
      await this.#until(async () => (await this.#marked()) !== marked);
    }
    throw new Error(`nothing in the list is called ${words}:\n${await this.#screen.text()}`);
  }

  /** Takes away what a line of text has already, and types another. */
  async type(question: RegExp, text: string, already = ''): Promise<void> {
    await this.shows(question);
    for (const _ of already) this.#screen.press('Backspace');
    this.#screen.type(`${text}\r`);
  }

  async goOn(words: RegExp): Promise<void> {
    await this.shows(words);
    this.#screen.press('Enter');
  }

  /** Presses Ctrl-C, which must do nothing, and Esc, which must lead to what shows `before`. */
  async goBack(words: RegExp, before: RegExp): Promise<void> {
    await this.shows(words);
    this.#screen.press('Control-C');
    this.#screen.press('Escape');
    await this.shows(before);
  }

  /** The line of the list that Enter would take; of what is marked it is the first, the buttons are below. */
  async #marked(): Promise<string> {
    const marked = (await this.#screen.lines()).map((line) => line.filter(({ inverse }) => inverse === true));
    return (
      marked
        .map((runs) => runs.map(({ text }) => text).join(''))
        .find((text) => text.trim() !== '')
        ?.trim() ?? ''
    );
  }

  async #until(isSo: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + patienceMs;
    while (!(await isSo())) {
      if (Date.now() > end) throw new Error(`the key did nothing:\n${await this.#screen.text()}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
