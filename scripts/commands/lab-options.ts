import { UsageError } from '../diagnostic/index.ts';
import type { Firmware, RequestedAccelerator } from '../lab/index.ts';

/** @throws UsageError */
export function acceleratorOf(value: string): RequestedAccelerator {
  if (value === 'auto' || value === 'kvm' || value === 'tcg') return value;
  throw unknownValue('--accel', value, 'auto, kvm or tcg');
}

/** @throws UsageError */
export function firmwareOf(value: string): Firmware {
  if (value === 'bios' || value === 'uefi' || value === 'secure-boot') return value;
  throw unknownValue('--firmware', value, 'bios, uefi or secure-boot');
}

/** @throws UsageError */
export function countOf(option: string, value: string): number {
  if (/^[1-9]\d{0,5}$/.test(value)) return Number(value);
  throw unknownValue(option, value, 'a whole number from 1 on');
}

export function unknownValue(option: string, value: string, allowed: string): UsageError {
  return new UsageError({
    code: 'unknown-value',
    severity: 'error',
    message: `${option} ${value}: must be ${allowed}`,
  });
}
