import path from 'node:path';
import { plainText } from '../console/plain-text.ts';
import type { ConsoleScanner } from '../console/scan.ts';
import { formatJournalEntry, parseJournalLine } from '../guest/journal-entry.ts';
import { LineLog } from './line-log.ts';

/** Console lines kept for the explanation of a failed boot. */
const keptLines = 20;

/** Everything a guest said: written to `console.log` and `journal.log` as it comes, and looked through for bad lines. */
export class Transcript {
  /** The last lines of the console, oldest first. */
  readonly lastLines: string[] = [];
  readonly #console: LineLog;
  readonly #journal: LineLog;
  readonly #scanner: ConsoleScanner;
  #closed = false;

  constructor(runDir: string, scanner: ConsoleScanner) {
    this.#console = new LineLog(path.join(runDir, 'console.log'));
    this.#journal = new LineLog(path.join(runDir, 'journal.log'));
    this.#scanner = scanner;
  }

  /** Takes a line of the serial console as it came; returns it as a person would read it, undefined when nothing is left. */
  console(raw: string, elapsedMs: number): string | undefined {
    const line = plainText(raw);
    if (line === '' || this.#closed) return undefined;
    const time = (elapsedMs / 1000).toFixed(3).padStart(8);
    this.#scanner.scan('console', line, this.#console.append(`${time}  ${line}`));
    this.lastLines.push(line);
    if (this.lastLines.length > keptLines) this.lastLines.shift();
    return line;
  }

  /** Takes a line of the journal port. */
  journal(json: string): void {
    const entry = this.#closed ? undefined : parseJournalLine(json);
    if (entry === undefined) return;
    const line = formatJournalEntry(entry);
    this.#scanner.scan('journal', line, this.#journal.append(line));
  }

  /** Lines that come later are lost. */
  close(): void {
    this.#closed = true;
    this.#console.close();
    this.#journal.close();
  }
}
