import type { Diagnostic } from '../diagnostic/index.ts';
import type { ResolvedBase } from './model.ts';

/** Whether the distribution has stopped mending faults, on the day `today` (`2026-12-10`). The last day itself still counts. */
export function isPast(endOfLife: string, today: string): boolean {
  return endOfLife < today;
}

/** The day on which this is called, in UTC. */
export function todayAsDate(): string {
  return new Date().toISOString().slice(0, 10);
}

/** A warning, at its line, where the base gets no security updates any more. */
export function pastEndOfLife({ name, endOfLife }: ResolvedBase, today = todayAsDate()): readonly Diagnostic[] {
  if (endOfLife === undefined || !isPast(endOfLife.value, today)) return [];
  return [
    {
      code: 'base-past-end',
      severity: 'warning',
      message: `${name} gets no security updates since ${endOfLife.value}`,
      span: endOfLife.at,
      hint: 'Take a newer one; `phyllome list` tells until when each gets updates.',
    },
  ];
}
