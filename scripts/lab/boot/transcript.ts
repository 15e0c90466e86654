import path from 'node:path';
import { plainText } from '../../process/index.ts';
import type { ConsoleScanner } from '../console/scan.ts';
import { formatJournalEntry, type JournalEntry, parseJournalLine } from '../guest/journal-entry.ts';
import { LineLog } from './line-log.ts';

/** Console lines kept for the explanation of a failed boot, and for checks. */
const lastLines = 20;
const keptLines = 5000;
/** Entries kept of each unit's journal, for the explanation of its failure. */
const keptEntries = 15;
/** 0 emergency, 1 alert, 2 critical, 3 error. */
const leastError = 3;

/** Everything a guest said: written to `console.log` and `journal.log` as it comes, and looked through for bad lines. */
export class Transcript {
  /** Lines of the console, oldest first. */
  readonly lines: string[] = [];
  /** Entries of the journal that are errors or worse. */
  readonly journalErrors: JournalEntry[] = [];
  /** The last entries about each unit, oldest first. */
  readonly unitEntries = new Map<string, JournalEntry[]>();
  /** How far the guest's clock was ahead of this computer's at the last entry of the journal; negative when it was behind. */
  clockAheadMs = 0;
  readonly #console: LineLog;
  readonly #journal: LineLog;
  readonly #scanner: ConsoleScanner;
  #closed = false;
  /** Of the last entry of the journal: a guest may start more than once. */
  #bootId: string | undefined;

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
    this.lines.push(line);
    if (this.lines.length > keptLines) this.lines.shift();
    return line;
  }

  /** The last lines of the console, oldest first. */
  get lastLines(): readonly string[] {
    return this.lines.slice(-lastLines);
  }

  /** Takes a line of the journal port. */
  journal(json: string): void {
    const entry = this.#closed ? undefined : parseJournalLine(json);
    if (entry === undefined) return;
    const another = this.#bootId !== undefined && entry.bootId !== this.#bootId;
    if (another) this.#journal.append(`-- Boot ${entry.bootId} --`);
    this.#bootId = entry.bootId;
    this.clockAheadMs = entry.clockMs - Date.now();
    if (entry.priority <= leastError) this.journalErrors.push(entry);
    if (entry.unit !== '') this.#rememberOf(entry.unit, entry);
    const line = formatJournalEntry(entry);
    this.#scanner.scan('journal', line, this.#journal.append(line));
  }

  #rememberOf(unit: string, entry: JournalEntry): void {
    const entries = this.unitEntries.get(unit) ?? [];
    entries.push(entry);
    if (entries.length > keptEntries) entries.shift();
    this.unitEntries.set(unit, entries);
  }

  /** Lines that come later are lost. */
  close(): void {
    this.#closed = true;
    this.#console.close();
    this.#journal.close();
  }
}
