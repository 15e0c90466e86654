import type { UnitTimes } from './unit-times.ts';

/** One unit that the boot waited for. */
export interface ChainLink {
  readonly unit: string;
  /** Since the kernel's start. */
  readonly startedMs: number;
  readonly upMs: number;
}

/**
 * The units that the boot's end had to wait for, first one first: from the last target back, each time the unit that it
 * was ordered behind and that was up last. What is not in it could be slower and nobody would wait longer.
 * `fromMs` is when the system manager took over from the initramfs: what was up before is left out.
 */
export function criticalChain(units: readonly UnitTimes[], last: string, fromMs = 0): ChainLink[] {
  const byName = new Map(units.filter((unit) => unit.upMs >= fromMs).map((unit) => [unit.name, unit]));
  const chain: ChainLink[] = [];
  const seen = new Set<string>();
  let unit = byName.get(last);
  while (unit !== undefined && unit.upMs > 0 && !seen.has(unit.name)) {
    seen.add(unit.name);
    chain.unshift({ unit: unit.name, startedMs: unit.startedMs, upMs: unit.upMs });
    unit = lastBefore(unit, byName);
  }
  return chain;
}

/** Of those it was ordered behind, the one that was up last before it started. A target starts and is up in one moment. */
function lastBefore(unit: UnitTimes, byName: ReadonlyMap<string, UnitTimes>): UnitTimes | undefined {
  const begun = unit.startedMs > 0 ? unit.startedMs : unit.upMs;
  return unit.after
    .flatMap((name) => byName.get(name) ?? [])
    .filter((before) => before.upMs > 0 && before.upMs <= begun)
    .reduce<UnitTimes | undefined>((best, one) => (best === undefined || one.upMs > best.upMs ? one : best), undefined);
}

/** The units that took longest to start, whether anything waited for them or not. Devices only appear, they do not start. */
export function slowestUnits(units: readonly UnitTimes[], count = 12): ChainLink[] {
  return units
    .filter((unit) => unit.startedMs > 0 && unit.upMs > unit.startedMs && !/\.(?:device|target|slice)$/.test(unit.name))
    .map((unit) => ({ unit: unit.name, startedMs: unit.startedMs, upMs: unit.upMs }))
    .sort((one, other) => other.upMs - other.startedMs - (one.upMs - one.startedMs))
    .slice(0, count);
}
