import { ReportedError } from '../diagnostic/index.ts';
import type { Check } from './check.ts';

/**
 * The checks for one image, in the order of `all`: the core ones and those its components name; with `only`, just these.
 * @throws ReportedError `unknown-check` for a name that no check has
 */
export function selectChecks(
  all: readonly Check[],
  named: readonly string[],
  only?: readonly string[],
): readonly Check[] {
  const unknown = [...new Set([...named, ...(only ?? [])])].filter((id) => !all.some((check) => check.id === id));
  if (unknown.length > 0) {
    throw new ReportedError(
      unknown.map((id) => ({
        code: 'unknown-check',
        severity: 'error',
        message: `there is no check "${id}"`,
        hint: `Checks: ${all.map((check) => check.id).join(', ')}.`,
      })),
    );
  }
  return all.filter((check) => (only ? only.includes(check.id) : check.core === true || named.includes(check.id)));
}
