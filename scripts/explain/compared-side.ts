import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { readBounded } from 'kickstart-parser';
import type { Context } from '../context/index.ts';
import { ReportedError, UsageError } from '../diagnostic/index.ts';
import { type Asked, type ResolvedFlavour, resolveFlavour } from '../flavour/index.ts';
import { checkoutDirectory } from '../places/index.ts';
import { directoriesOf } from '../prepare/index.ts';
import { loadTemplates, renderFlavour } from '../render/index.ts';
import { treeOfRevision } from './revision-tree.ts';

/** What is compared: a kickstart, and the flavour that it was rendered from, if it was one. */
export interface Side {
  readonly kickstart: string;
  readonly flavour?: ResolvedFlavour;
}

/**
 * The kickstarts that one side of a comparison means, by file name: a flavour, a flavour at a git revision
 * (`headless@HEAD~1`), a kickstart file, or a directory of them.
 */
export async function sidesOf(
  side: string,
  { base, hardware }: Asked,
  context: Context,
): Promise<ReadonlyMap<string, Side>> {
  if (side.includes('/') || side.endsWith('.ks') || side === '.') return fromDisk(side);
  const [flavour = side, revision] = side.split(/@(.*)/s, 2);
  const checkout = revision === undefined ? context.places.checkout : await treeOfRevision(revision, context);
  const own = revision === undefined ? directoriesOf(context.places) : [checkoutDirectory(checkout)];
  const { flavour: resolved, diagnostics } = resolveFlavour({
    name: flavour,
    directories: own,
    base,
    hardware,
  });
  if (!resolved) throw new ReportedError(diagnostics);
  const templates = loadTemplates(path.join(checkout, 'kickstarts/templates'), 'kickstarts/templates');
  return new Map([[side, { kickstart: renderFlavour(resolved, templates).kickstart, flavour: resolved }]]);
}

/** What was named is not there. */
export const noFile = (given: string): UsageError =>
  new UsageError({ code: 'no-file', severity: 'error', message: `there is no file or directory ${given}` });

function fromDisk(given: string): ReadonlyMap<string, Side> {
  const info = statSync(given, { throwIfNoEntry: false });
  if (!info) throw noFile(given);
  if (!info.isDirectory()) return new Map([[given, { kickstart: textOf(given) }]]);
  const names = readdirSync(given).filter((name) => name.endsWith('.ks'));
  return new Map(names.map((name) => [name, { kickstart: textOf(path.join(given, name)) }]));
}

const textOf = (file: string): string => Buffer.from(readBounded(file)).toString('utf8');
