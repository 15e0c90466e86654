import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { compareSources, type Difference, differencesInWords, fileSource, withMeans } from '../bits/index.ts';
import type { Context } from '../context/index.ts';
import { displayCommand, UsageError } from '../diagnostic/index.ts';
import { causesIn, readBuiltSide } from '../dossier/index.ts';
import type { Engine, EngineLeaf } from '../engines/engine/index.ts';
import { buildDirectoryOf } from '../prepare/index.ts';
import { readSums } from '../release/index.ts';
import { buildApart } from './build-apart.ts';
import { type BuildRequest, buildFlavour, chooseEngine } from './build-flavour.ts';
import { differentFiles } from './rebuild.ts';

/**
 * Builds a flavour, and once more from nothing but what was fetched (packages, their indexes, the tools tree), and prints whether
 * both are the same, bit for bit; where not, each difference with its place, its kind and the step that wrote it. What differs
 * stays in `out/built-again`.
 * @returns whether all files are the same
 * @throws UsageError where the engine does not make the same bits; what a build throws
 */
export async function buildTwice(
  request: BuildRequest,
  engines: readonly EngineLeaf[],
  context: Context,
): Promise<boolean> {
  const leaf = chooseEngine(request, engines, context);
  if (leaf.makesSameBits !== true) throw notTheSame(leaf, engines);
  await buildFlavour(request, engines, context);
  const directory = buildDirectoryOf(request.flavour, request, context.places);
  context.say('Building it a second time, in an empty cache, to compare the bits');
  // What was fetched a moment ago is fetched: newer packages would be other inputs.
  const values = { ...request.values, refresh: undefined };
  const again = { ...request, values, signingKey: undefined };
  return buildApart(again, 'whatever was fetched', engines, context, async (other, out) => {
    const [first, second] = [directory, other].map((one) => readSums(one).sums);
    const different = differentFiles(first ?? [], second ?? []);
    if (different.length === 0) {
      context.print(`built twice: all ${first?.length} files are the same, bit for bit`);
      rmSync(out, { recursive: true });
      return true;
    }
    const engine = await leaf.load();
    for (const line of await told(different, directory, other, engine, context)) context.print(line);
    context.print(`built twice: ${different.length} of ${first?.length} files differ; the second build is ${other}`);
    context.say(`What differs of packages, units and files: phyllome diff ${displayCommand([directory, other])}`);
    return false;
  });
}

/** Lines about every file that differs. Those that say something of the images are told when these are equal. */
async function told(
  names: readonly string[],
  directory: string,
  other: string,
  engine: Engine,
  context: Context,
): Promise<readonly string[]> {
  const side = readBuiltSide(directory);
  const outputOf = new Map(
    side.manifest.outputs.flatMap(({ output, files }) => files.map(({ file }) => [file, output])),
  );
  const images = names.filter((name) => outputOf.has(name));
  const causes = causesIn(side);
  const writerOf = ({ where, kind, isContent }: Difference) =>
    engine.writtenBy?.({ output: outputOf.get(where[0] ?? '') ?? '', where, kind, isContent: isContent === true });
  const writer = (difference: Difference): string | undefined => {
    const written = writerOf(difference);
    if (written?.path !== undefined) return causes.file(written.path) ?? 'the root tree';
    return written && `${written.step ?? 'a step'} in ${path.join(directory, 'logs', `${written.stage}.log`)}`;
  };
  const compared = images.length > 0 ? images : names;
  const differences = await withMeans(context, toolsOf(directory), context.places.cache, async (means) => {
    const found: Difference[] = [];
    for (const name of compared) {
      const [a, b] = [path.join(directory, name), path.join(other, name)];
      if (!existsSync(a) || !existsSync(b)) {
        found.push({
          where: [name],
          kind: 'presence',
          what: `only the ${existsSync(a) ? 'first' : 'second'} build has it`,
        });
      } else found.push(...(await compareSources(fileSource(a), fileSource(b), [name], means)));
    }
    return found;
  });
  // What identifiers follow from comes before them.
  const isCause = (one: Difference): boolean => writerOf(one)?.path !== undefined;
  const ordered = differences.toSorted((one, next) => Number(isCause(next)) - Number(isCause(one)));
  const lines = differencesInWords(
    ordered.map((one) => withoutValues(one, directory)),
    writer,
  );
  return differences.some(isCause)
    ? [...lines, 'Identifiers follow from what is in the system: where that differs, they do.']
    : lines;
}

/** Of an image that is for its owner alone it is told where it differs, and not what stands there. */
function withoutValues(difference: Difference, directory: string): Difference {
  const file = path.join(directory, difference.where[0] ?? '');
  const isPrivate = existsSync(file) && (statSync(file).mode & 0o077) === 0;
  return isPrivate ? { ...difference, what: difference.what.replace(/: .*$/s, '') } : difference;
}

/** The tools tree that made it. */
function toolsOf(directory: string): string {
  const { tools = '' } = JSON.parse(readFileSync(path.join(directory, 'build.json'), 'utf8')) as { tools?: string };
  return path.join(tools, 'root');
}

function notTheSame({ id }: EngineLeaf, engines: readonly EngineLeaf[]): UsageError {
  const others = engines.filter(({ makesSameBits }) => makesSameBits === true).map((one) => `--engine ${one.id}`);
  return new UsageError({
    code: 'bits-differ-anyway',
    severity: 'error',
    message: `the engine ${id} does not make the same bits twice`,
    hint: `${others.join(', ')} does.`,
  });
}
