import path from 'node:path';
import { writeWhole } from '../../files/index.ts';
import type { Prepared } from '../../prepare/index.ts';

/** How an image was made, for whoever reads it afterwards: `build.json`. */
export interface BuildRecord {
  /** Name of the plan. */
  readonly plan: string;
  /** Directory of the tools tree; absent where the engine needed none. */
  readonly tools?: string | undefined;
  /** Name of the kickstart in the build directory, where that is not the flavour's. */
  readonly kickstart?: string;
}

export function recordBuild(
  { buildDirectory }: Pick<Prepared, 'buildDirectory'>,
  record: BuildRecord & Readonly<Record<string, unknown>>,
): void {
  writeWhole(path.join(buildDirectory, 'build.json'), `${JSON.stringify({ schema: 1, ...record }, null, 2)}\n`);
}
