export type { Diagnostic, Fix, Position, Severity, Span } from 'kickstart-parser';
export { columns } from './columns.ts';
export { closest } from './did-you-mean.ts';
export { displayCommand, kickstartWord, quoteForShell } from './display.ts';
export { EnvironmentError, Interrupted, ReportedError, UsageError } from './expected-error.ts';
export { exactSize, sizeInWords } from './size.ts';
export { withHint } from './with-hint.ts';
