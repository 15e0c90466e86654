/** One entry of the guest's journal. */
export interface JournalEntry {
  /** Since the kernel's start, in microseconds. */
  readonly monotonicUs: number;
  /** What the guest's clock said, in milliseconds since 1970. */
  readonly clockMs: number;
  /** 0 emergency … 7 debug. */
  readonly priority: number;
  readonly identifier: string;
  readonly pid: string;
  /** The unit that it is about: of a message of the system manager, the one it tells of. Empty when there is none. */
  readonly unit: string;
  readonly message: string;
  /** Of the boot that it was written in. */
  readonly bootId: string;
}

/** Reads a line of `journalctl --output=json`; undefined when it is none (cut off by the guest's end). */
export function parseJournalLine(line: string): JournalEntry | undefined {
  try {
    const fields = JSON.parse(line) as Record<string, unknown>;
    return {
      monotonicUs: Number(textOf(fields.__MONOTONIC_TIMESTAMP)),
      clockMs: Number(textOf(fields.__REALTIME_TIMESTAMP)) / 1000,
      priority: Number(textOf(fields.PRIORITY) || 6),
      identifier: textOf(fields.SYSLOG_IDENTIFIER) || textOf(fields._COMM) || 'unknown',
      pid: textOf(fields._PID),
      unit: textOf(fields.UNIT) || textOf(fields._SYSTEMD_UNIT),
      message: textOf(fields.MESSAGE),
      bootId: textOf(fields._BOOT_ID),
    };
  } catch {
    return undefined;
  }
}

/** `[   12.345678] systemd[1]: Started …`, the form of `journalctl --output=short-monotonic`. */
export function formatJournalEntry(entry: JournalEntry): string {
  const time = (entry.monotonicUs / 1_000_000).toFixed(6).padStart(12);
  const pid = entry.pid === '' ? '' : `[${entry.pid}]`;
  return `[${time}] ${entry.identifier}${pid}: ${entry.message}`;
}

/** journalctl gives text as a string, binary data as a list of bytes, a repeated field as a list of either. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return '';
  if (value.every((item) => typeof item === 'number')) return Buffer.from(value).toString();
  return value.map(textOf).join(' ');
}
