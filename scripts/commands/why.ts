import { flag, operand, text, type Values } from '../command-line/index.ts';
import type { ReadingContext } from '../context/index.ts';
import { closest, ReportedError } from '../diagnostic/index.ts';
import { type BuiltReasons, type BuiltSubject, builtReasons, isBuilt, readBuiltSide } from '../dossier/index.ts';
import { type Explanation, MOST_SHOWN, type Subject, why } from '../explain/index.ts';
import { buildDirectoryOf, renderOne } from '../prepare/index.ts';
import { concealed } from '../render/index.ts';
import { withoutSecrets } from '../report/diagnostics/index.ts';
import { buildCommand, isNoted, notedBuild } from './built-image.ts';
import { baseAndHardware } from './common-flags.ts';

export const name = 'why';
export const help = {
  summary: 'tell what brought a package, unit, kernel argument, module, file, user or kickstart line',
  more: 'of a flavour that was built, or of a build, also what only other packages need: any package, unit or file of the image',
};
export const flags = {
  flavour: operand(
    text('flavour', { names: 'flavour', orFile: true }),
    'see `phyllome list`; or a build: its directory, its manifest or an image in it',
  ),
  ...baseAndHardware,
  query: operand(text('query'), 'a name or a part of one; `:12` is line 12 of the kickstart'),
  json: flag('for programs'),
};

/** A subject of either kind, as it is printed. */
interface Told {
  readonly kind: string;
  readonly name: string;
  readonly steps: readonly { readonly text: string; readonly at?: Subject['steps'][number]['at'] }[];
  readonly also?: readonly string[];
  /** The build that it is known from. */
  readonly build?: string;
}

interface Sources {
  readonly base: string;
  readonly ask: (query: string) => Explanation;
}

interface Build {
  readonly directory: string;
  readonly reasons: BuiltReasons;
}

/**
 * Prints what brought something into a flavour: from the base's mapping or the overlay file to the flavour's own line. What
 * is only in a built image has the way of dependencies to what is asked for before that.
 * @throws ReportedError when nothing there is called so
 */
export function run(asked: Values<typeof flags>, context: ReadingContext): void {
  const { flavour: given, query } = asked;
  const build = isBuilt(given) ? buildAt(given, asked, context) : undefined;
  const sources = build === undefined ? sourcesOf(given, asked, context) : build.sources;
  const beside = build ?? besideFlavour(given, asked, context);
  const { found, leftOut, known } = search(query, sources, beside.build);
  if (found.length === 0) {
    const slip = closest(query, known);
    const where = sources && build === undefined ? `${given} on ${sources.base}` : given;
    throw new ReportedError({
      code: 'nothing-so',
      severity: 'error',
      message: `nothing in ${where} is called \`${query}\``,
      hint: slip ? [`did you mean \`${slip}\`?`, beside.missing].filter(Boolean).join(' ') : beside.hint,
    });
  }
  if (asked.json === true) {
    const { name, base } = { name: build?.name ?? given, base: build?.base ?? sources?.base };
    context.print(JSON.stringify({ flavour: name, base, found, leftOut }, blot, 2));
    return;
  }
  context.print(found.map(asText).join('\n\n'));
  if (leftOut > 0) context.say(`and ${leftOut} more; a longer query finds less`);
}

function sourcesOf(name: string, asked: Values<typeof baseAndHardware>, context: ReadingContext): Sources {
  const { flavour, rendered } = renderOne(name, asked, context);
  // Nor can a secret be found out by asking for parts of it.
  const shown = { ...rendered, kickstart: concealed(rendered, flavour) };
  return { base: flavour.base.name, ask: (query) => why(flavour, shown, query) };
}

/** A build that was named, with the sources of its flavour where they are here. */
function buildAt(given: string, asked: Values<typeof baseAndHardware>, context: ReadingContext) {
  const side = notedBuild(given, asked, context);
  const { flavour: name, base } = side.manifest;
  return {
    name,
    base,
    build: { directory: given, reasons: builtReasons(side) },
    sources: attempt(() => sourcesOf(name, { ...asked, base: asked.base ?? base }, context)),
    hint: 'A package, a unit or the whole path of a file can be asked for.',
    missing: '',
  };
}

/** The build of a flavour, and what to do where nothing is found. */
function besideFlavour(name: string, asked: Values<typeof baseAndHardware>, context: ReadingContext) {
  const all = `phyllome show ${name} prints all there is; \`:12\` asks for line 12`;
  const hinted = (missing: string) => ({ build: undefined, hint: missing ? `${all}. ${missing}` : all, missing });
  const directory = buildDirectoryOf(name, asked, context.places);
  if (!isBuilt(directory)) {
    return hinted(`What dependencies bring is known once it is built: ${buildCommand(name, asked)}`);
  }
  try {
    const side = readBuiltSide(directory);
    if (!isNoted(side)) return hinted(`The build in ${directory} did not note dependencies; the direct engine does.`);
    return { ...hinted(''), build: { directory, reasons: builtReasons(side) } };
  } catch (error) {
    if (!(error instanceof ReportedError)) throw error;
    // What the sources know they tell nonetheless.
    context.warn(error.diagnostics.map((one) => ({ ...one, severity: 'warning' })));
    return hinted('');
  }
}

/** A whole name counts before a part of one; the sources, which people can change, before the build. */
function search(query: string, sources: Sources | undefined, build: Build | undefined) {
  const explained = sources?.ask(query);
  const known = [...(explained?.known ?? []), ...(build?.reasons.known ?? [])];
  const ofBuild = (subjects: readonly BuiltSubject[]): readonly Told[] =>
    build === undefined ? [] : subjects.map((one) => toldOf(one, build.directory, sources));
  const ofSources = (subjects: readonly Subject[]): readonly Told[] =>
    subjects.map(({ kind, name, steps }) => {
      const also = build?.reasons.besides(kind, name) ?? [];
      return { kind, name, steps, ...(also.length > 0 && { also }) };
    });
  if (explained?.isExact === true) return { found: ofSources(explained.found), leftOut: explained.leftOut, known };
  const called = ofBuild(build?.reasons.called(query) ?? []);
  if (called.length > 0) return { found: called, leftOut: 0, known };
  if (explained !== undefined && explained.found.length > 0) {
    return { found: ofSources(explained.found), leftOut: explained.leftOut, known };
  }
  const parts = query.length > 2 ? build?.reasons.containing(query, MOST_SHOWN) : undefined;
  return { found: ofBuild(parts?.found ?? []), leftOut: parts?.leftOut ?? 0, known };
}

/** With the way from what is asked for to the flavour's own line, where the sources still say so at that place. */
function toldOf({ asked, also, kind, name, steps }: BuiltSubject, build: string, sources: Sources | undefined): Told {
  const placed = (text: string, { file, line }: { readonly file: string; readonly line: number }) => {
    const position = { offset: 0, line, column: 1 };
    return { text, at: { file, start: position, end: position } };
  };
  const own = steps.map(({ text, at }) => (at === undefined ? { text } : placed(text, at)));
  const root =
    asked && sources?.ask(asked.package).found.find((one) => one.kind === 'package' && one.name === asked.package);
  const isThere = root?.steps.some(({ at }) => at.file === asked?.at.file && at.start.line === asked.at.line);
  const end = asked === undefined ? [] : [placed(`\`${asked.package}\` is asked for`, asked.at)];
  return {
    kind,
    name,
    steps: [...own, ...(isThere === true ? (root?.steps ?? []) : end)],
    ...(also.length > 0 && { also }),
    build,
  };
}

function asText({ kind, name, steps, also = [], build }: Told): string {
  const lines = steps.flatMap(({ text, at }) => [`  ${text}`, ...(at ? [`      ${at.file}:${at.start.line}`] : [])]);
  const where = build === undefined ? '' : `, in ${build}`;
  return [`${kind} ${name}${where}`, ...lines, ...also.map((one) => `  also: ${one}`)].map(withoutSecrets).join('\n');
}

const blot = (_key: string, value: unknown): unknown => (typeof value === 'string' ? withoutSecrets(value) : value);

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof ReportedError) return undefined;
    throw error;
  }
}
