import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { UsageError } from '../diagnostic/index.ts';

/**
 * Makes a directory of what `judge` fetches into the one that it is given, where that holds: all of it at once, or nothing.
 * @throws UsageError where something is there already
 */
export async function keepVerified(into: string, judge: (staging: string) => Promise<boolean>): Promise<void> {
  if (existsSync(into)) {
    throw new UsageError({
      code: 'not-new',
      severity: 'error',
      message: `${into} is there already: what is kept gets a new directory`,
    });
  }
  const staging = `${into.replace(/\/+$/, '')}.${process.pid}.part`;
  mkdirSync(staging);
  try {
    if (await judge(staging)) renameSync(staging, into);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}
