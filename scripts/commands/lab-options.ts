import { UsageError } from '../diagnostic/index.ts';
import type { RequestedAccelerator } from '../lab/index.ts';

/** @throws UsageError */
export function acceleratorOf(value: string): RequestedAccelerator {
  if (value === 'auto' || value === 'kvm' || value === 'tcg') return value;
  throw unknownValue('--accel', value, 'auto, kvm or tcg');
}

export function unknownValue(option: string, value: string, allowed: string): UsageError {
  return new UsageError({
    code: 'unknown-value',
    severity: 'error',
    message: `${option} ${value}: must be ${allowed}`,
  });
}
