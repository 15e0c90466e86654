import { optionName } from '../command-line/index.ts';
import type { Context } from '../context/index.ts';
import type { Job } from '../engines/engine/index.ts';
import { ownRevision } from '../host/index.ts';
import { programVersion } from '../places/index.ts';
import { listsAll, writeProvenance } from '../release/index.ts';

interface Requested {
  readonly flavour: string;
  readonly hardware?: string | undefined;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Writes where it comes from beside what was published, where a list of checksums is there that knows these files. */
export async function leaveProvenance(
  { prepared, outputs }: Job,
  request: Requested,
  made: { readonly engine: string; readonly files: readonly string[]; readonly startedOn: Date },
  context: Context,
): Promise<void> {
  const { checkout } = context.places;
  if (!listsAll(prepared.buildDirectory, made.files)) return;
  const { flavour, hardware, values } = request;
  const base = prepared.flavour.base.name;
  // Addresses and paths may be somebody's own; words and switches are nobody's.
  const switches = Object.entries(values).filter(([, value]) => value === true);
  const parameters = {
    flavour,
    base,
    ...(hardware !== undefined && { hardware }),
    engine: made.engine,
    switches: switches.map(([key]) => optionName(key)),
  };
  const command = [
    ...['phyllome', 'build', flavour, '--base', base],
    ...(hardware === undefined ? [] : ['--hardware', hardware]),
    ...['--engine', made.engine],
    ...outputs.flatMap(({ id }) => ['--output', id]),
    ...parameters.switches,
  ];
  writeProvenance(prepared.buildDirectory, {
    command,
    parameters,
    version: programVersion(checkout),
    revision: await ownRevision(checkout, 40, context),
    startedOn: made.startedOn,
    finishedOn: new Date(),
  });
}
