import headless from '@xterm/headless';
import { plainLine, type ScreenLine, visibleLines } from './screen-text.ts';
import { type SpecialKey, serialKeys } from './serial-keys.ts';

/** A text did not appear on the screen in time. The message ends with what was there instead. */
class ScreenWaitFailed extends Error {
  constructor(pattern: RegExp, timeoutMs: number, text: string) {
    super(`the screen did not show ${pattern} within ${Math.round(timeoutMs / 1000)} s; it shows:\n${text}`);
    this.name = 'ScreenWaitFailed';
  }
}

/** A screen worth remembering: what stood there when it was cleared, or when something happened. */
export interface KeptScreen {
  readonly title: string;
  readonly atMs: number;
  readonly lines: readonly ScreenLine[];
}

/** A guest that clears its screen all the time must not fill the report. */
const mostScreens = 40;

/**
 * The serial console as a person at a terminal sees it: menus and installers that draw with escape sequences can be read
 * as text, and keys can be pressed. It never answers the guest by itself: the guest behaves as with no terminal there.
 */
export class Screen {
  readonly kept: KeptScreen[] = [];
  readonly #terminal: headless.Terminal;
  readonly #write: (bytes: string) => void;
  readonly #elapsedMs: () => number;
  readonly #waiting = new Set<() => void>();

  constructor(options: { write: (bytes: string) => void; elapsedMs: () => number; columns?: number; rows?: number }) {
    this.#write = options.write;
    this.#elapsedMs = options.elapsedMs;
    this.#terminal = new headless.Terminal({
      cols: options.columns ?? 80,
      rows: options.rows ?? 25,
      scrollback: 0,
      allowProposedApi: true,
      logLevel: 'off',
    });
    this.#keepBeforeClearing();
  }

  /** Takes bytes of the console as they come. */
  feed(bytes: Uint8Array): void {
    this.#terminal.write(bytes, () => {
      for (const look of this.#waiting) look();
    });
  }

  /** What the screen shows, without blanks at the ends of lines and empty lines at its own. */
  async text(): Promise<string> {
    await this.#settled();
    return this.#now();
  }

  /** What the screen shows, with its looks: which line of a menu is chosen is told by nothing else. */
  async lines(): Promise<readonly ScreenLine[]> {
    await this.#settled();
    return visibleLines(this.#terminal);
  }

  /**
   * Waits until the screen shows a text; answers with the whole screen.
   * @throws ScreenWaitFailed
   */
  async waitFor(pattern: RegExp, timeoutMs = 30_000): Promise<string> {
    await this.#settled();
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        this.#waiting.delete(look);
      };
      const look = () => {
        const text = this.#now();
        if (text.search(pattern) < 0) return;
        end();
        resolve(text);
      };
      const timer = setTimeout(() => {
        end();
        reject(new ScreenWaitFailed(pattern, timeoutMs, this.#now()));
      }, timeoutMs);
      this.#waiting.add(look);
      look();
    });
  }

  /** Types text, as it stands. */
  type(text: string): void {
    this.#write(text);
  }

  /** Presses a key that has no character. */
  press(key: SpecialKey): void {
    this.#write(serialKeys[key]);
  }

  /** Remembers what the screen shows now, unless it is empty or was remembered last. */
  async keep(title: string): Promise<void> {
    const atMs = this.#elapsedMs();
    await this.#settled();
    this.#keepNow(title, atMs);
  }

  #keepNow(title: string, atMs: number): void {
    const lines = visibleLines(this.#terminal);
    if (lines.length === 0 || this.kept.length >= mostScreens) return;
    if (this.kept.some((screen) => textOf(screen.lines) === textOf(lines))) return;
    this.kept.push({ title, atMs, lines });
  }

  #now(): string {
    return textOf(visibleLines(this.#terminal));
  }

  /** The terminal takes bytes in the background; this resolves when all of them are on the screen. */
  #settled(): Promise<void> {
    return new Promise((resolve) => this.#terminal.write('', resolve));
  }

  #keepBeforeClearing(): void {
    const keep = () => this.#keepNow('before the screen was cleared', this.#elapsedMs());
    this.#terminal.parser.registerCsiHandler({ final: 'J' }, ([what]) => {
      const { cursorX, cursorY } = this.#terminal.buffer.active;
      // 0 clears from the cursor on: everything, when that is at the top.
      if (what === 2 || what === 3 || (what === 0 && cursorX === 0 && cursorY === 0)) keep();
      return false;
    });
    this.#terminal.parser.registerEscHandler({ final: 'c' }, () => {
      keep();
      return false;
    });
  }
}

const textOf = (lines: readonly ScreenLine[]): string => lines.map(plainLine).join('\n');
