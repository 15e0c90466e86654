import type { Diagnostic } from '../../../diagnostic/index.ts';

/** Of storage that a disk image cannot have, at the line that asks for it. */
export function finding(
  at: { readonly span?: Diagnostic['span'] | undefined },
  message: string,
  hint?: string,
): Diagnostic {
  return {
    code: 'unsupported-storage',
    severity: 'error',
    message,
    ...(at.span && { span: at.span }),
    ...(hint !== undefined && { hint }),
  };
}
