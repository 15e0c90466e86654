import { UsageError } from '../diagnostic/index.ts';
import type { Firmware, RequestedAccelerator } from '../lab/index.ts';

export const accelerators = ['auto', 'kvm', 'tcg'] as const satisfies readonly RequestedAccelerator[];
export const firmwares = ['bios', 'uefi', 'secure-boot'] as const satisfies readonly Firmware[];

/**
 * The value of an option that knows only some.
 * @throws UsageError naming them
 */
export function choice<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found !== undefined) return found;
  throw unknownValue(option, value, allowed.join(', '));
}

/**
 * The value of an option that counts `of` something, from 1 to 9,999,999.
 * @throws UsageError
 */
export function count(option: string, value: string, of = ''): number {
  if (/^[1-9]\d{0,6}$/.test(value)) return Number(value);
  throw unknownValue(option, value, `a whole number${of && ` of ${of}`} from 1 on`);
}

export function unknownValue(option: string, value: string, allowed: string): UsageError {
  return new UsageError({
    code: 'unknown-value',
    severity: 'error',
    message: `${option} ${value}: must be ${allowed}`,
  });
}
