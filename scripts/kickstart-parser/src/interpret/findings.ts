import type { ArgumentErrorCode } from '../arguments/argument-error.ts';
import type { Diagnostic, Fix, Severity, Span } from '../diagnostic.ts';

/** Codes of what `validate` finds. */
type ValidationCode =
  | 'unknown-command'
  | 'removed-command'
  | 'deprecated-command'
  | 'unknown-section'
  | 'deprecated-section'
  | 'unterminated-section'
  | 'stray-end'
  | 'quoting'
  | 'not-utf-8'
  | 'include-without-path'
  | ArgumentErrorCode
  | 'deprecated-option'
  | 'conflicting-commands'
  | 'duplicate-entry'
  | 'command-rule'
  | 'section-rule';

interface Details {
  readonly related?: NonNullable<Diagnostic['related']>;
  readonly hint?: string | undefined;
  readonly fix?: Fix | undefined;
  readonly suggestions?: readonly Fix[] | undefined;
}

/** Of a message some hundred characters are enough; what quotes a word of megabytes keeps its beginning and its end. */
function withoutMiddle(message: string): string {
  return message.length > 400 ? `${message.slice(0, 200)}…${message.slice(-100)}` : message;
}

/** Collects what is wrong with a kickstart. */
export class Findings {
  readonly list: Diagnostic[] = [];

  error(code: ValidationCode, message: string, span: Span, details: Details = {}): void {
    this.#add('error', code, message, span, details);
  }

  warn(code: ValidationCode, message: string, span: Span, details: Details = {}): void {
    this.#add('warning', code, message, span, details);
  }

  #add(severity: Severity, code: ValidationCode, message: string, span: Span, details: Details): void {
    const { suggestions = [] } = details;
    this.list.push({
      code,
      severity,
      message: withoutMiddle(message),
      span,
      ...(details.related === undefined ? {} : { related: details.related }),
      ...(details.hint === undefined ? {} : { hint: details.hint }),
      ...(details.fix === undefined ? {} : { fix: details.fix }),
      ...(suggestions.length === 0 ? {} : { suggestions }),
    });
  }
}
