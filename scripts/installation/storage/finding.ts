import type { Diagnostic, Span } from '../../diagnostic/index.ts';

/** Something about disks that stops the installation, at the line that asked for it. */
export function finding(at: { readonly span?: Span } | undefined, message: string, hint?: string): Diagnostic {
  return {
    code: 'installation-storage',
    severity: 'error',
    message,
    ...(at?.span && { span: at.span }),
    ...(hint !== undefined && { hint }),
  };
}
