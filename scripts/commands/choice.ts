import { UsageError } from '../diagnostic/index.ts';

/**
 * The value of an option that knows only some.
 * @throws UsageError naming them
 */
export function choice<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found !== undefined) return found;
  throw new UsageError({
    code: 'unknown-value',
    severity: 'error',
    message: `${option} ${value}: must be ${allowed.join(', ')}`,
  });
}
