export type { Diagnostic, Fix, Position, Severity, Span } from './diagnostic.ts';
