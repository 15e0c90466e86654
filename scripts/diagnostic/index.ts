export type { Diagnostic, Fix, Position, Severity, Span } from 'kickstart-parser';
export { EnvironmentError, Interrupted, ReportedError, UsageError } from './expected-error.ts';
