import type { Diagnostic } from 'kickstart-parser';
import { printable } from 'kickstart-parser/report';

/**
 * An error that a user can cause and mend: printed as diagnostics, never with a stack trace.
 * Anything thrown that is not a ReportedError is a bug of this program (exit code 70).
 */
export class ReportedError extends Error {
  readonly diagnostics: readonly Diagnostic[];
  /** The process exit code: 1 findings or failed work, 2 usage, 3 the environment lacks something, 130 interrupted. */
  readonly exitCode: number = 1;

  constructor(diagnostics: Diagnostic | readonly Diagnostic[]) {
    const list = Array.isArray(diagnostics) ? (diagnostics as readonly Diagnostic[]) : [diagnostics as Diagnostic];
    // Lists of tasks show it as it is.
    super(printable(list.map((d) => d.message).join('; ')));
    this.name = new.target.name;
    this.diagnostics = list;
  }
}

/** The command line asks for something that does not exist. */
export class UsageError extends ReportedError {
  override readonly exitCode = 2;
}

/** The machine lacks a tool, a permission, disk space or a network that the work needs. */
export class EnvironmentError extends ReportedError {
  override readonly exitCode = 3;
}

/** The user pressed Ctrl-C (or the process was asked to end): everything started was stopped. */
export class Interrupted extends ReportedError {
  override readonly exitCode = 130;

  constructor() {
    super({ code: 'interrupted', severity: 'error', message: 'interrupted' });
  }
}
