import type { CheckResult } from '../../checks/index.ts';
import type { TestRun } from '../../test-run/index.ts';

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** What ran the machine, why, and how it was found out. */
export function acceleratorWords(accelerator: TestRun['accelerator']): string {
  const how = accelerator.remembered ? 'remembered' : `found out in ${seconds(accelerator.durationMs)}`;
  return `${accelerator.chosen} (${accelerator.reason}; ${how})`;
}

/** A check's answer, with why it does not count or when it was found out. */
export function answerWords({ summary, quarantine, reusedFrom }: CheckResult): string {
  const remarks = [
    ...(quarantine ? [`in quarantine until ${quarantine.expires}: ${quarantine.reason}, ${quarantine.tracker}`] : []),
    ...(reusedFrom ? [`reused from ${reusedFrom.slice(0, 16).replace('T', ' ')} UTC`] : []),
  ];
  return remarks.length === 0 ? summary : `${summary} (${remarks.join('; ')})`;
}
