import path from 'node:path';
import { makeDirectory, readJson, writeWhole } from '../../files/index.ts';

/** How long the phases of a build took, and how large the files that they wrote became. */
export interface BuildTimes {
  readonly milliseconds: Readonly<Record<string, number>>;
  readonly bytes: Readonly<Record<string, number>>;
}

/** What earlier builds took, so that a later one can say how long it will. One entry for each kind of build on this machine. */
export class LearnedTimes {
  readonly #file: string;

  constructor(cacheDirectory: string) {
    this.#file = path.join(cacheDirectory, 'livemedia', 'times.json');
  }

  /** `build`: flavour, base, output and runner. */
  of(build: string): BuildTimes | undefined {
    return this.#read()[build];
  }

  /** The newer build counts as much as all before it: mirrors and flavours change. */
  learn(build: string, times: BuildTimes): void {
    const all = this.#read();
    const before = all[build];
    const mean = (old: number | undefined, now: number) => (old === undefined ? now : Math.round((old + now) / 2));
    const merge = (old: BuildTimes['bytes'] | undefined, now: BuildTimes['bytes']) =>
      Object.fromEntries(Object.entries(now).map(([id, value]) => [id, mean(old?.[id], value)]));
    makeDirectory(path.dirname(this.#file));
    const merged = {
      milliseconds: merge(before?.milliseconds, times.milliseconds),
      bytes: merge(before?.bytes, times.bytes),
    };
    writeWhole(this.#file, `${JSON.stringify({ ...all, [build]: merged }, null, 2)}\n`);
  }

  #read(): Readonly<Record<string, BuildTimes>> {
    return (readJson(this.#file) ?? {}) as Record<string, BuildTimes>;
  }
}

/** Milliseconds that are left: of the phase under way what it took more than it has now, and all of those to come. */
export function timeLeft(
  order: readonly string[],
  current: { readonly id: string; readonly elapsedMs: number },
  learned: BuildTimes | undefined,
): number | undefined {
  if (learned === undefined) return undefined;
  const took = (id: string) => learned.milliseconds[id] ?? 0;
  const later = order.slice(order.indexOf(current.id) + 1).reduce((sum, id) => sum + took(id), 0);
  return Math.max(0, took(current.id) - current.elapsedMs) + later;
}

/** "about 12 min left", or nothing where nobody knows. */
export function timeLeftInWords(milliseconds: number | undefined): string | undefined {
  if (milliseconds === undefined) return undefined;
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 90 ? `about ${Math.max(1, seconds)} s left` : `about ${Math.round(seconds / 60)} min left`;
}
