import type { TestRun } from '../../lab/index.ts';

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** What ran the machine, why, and how it was found out. */
export function acceleratorWords(accelerator: TestRun['accelerator']): string {
  const how = accelerator.remembered ? 'remembered' : `found out in ${seconds(accelerator.durationMs)}`;
  return `${accelerator.chosen} (${accelerator.reason}; ${how})`;
}
