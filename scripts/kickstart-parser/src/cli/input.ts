import { type KickstartVersion, LATEST_VERSION } from '../grammar/version.ts';
import type { LintOptions } from '../lint/lint.ts';
import type { SourceLookup } from '../report/pretty.ts';
import { readBounded, TooLarge } from '../source/bounded-read.ts';
import { decode } from '../source/bytes.ts';
import { parse } from '../syntax/parse.ts';
import type { Document } from '../syntax/tree.ts';
import { type CliOptions, findVersion } from './arguments.ts';
import { UsageError } from './usage.ts';

const STANDARD_INPUT = '-';
const VERSION_LINE = /^#\s*version=(\S+)/im;

/** Reads and parses a file named on the command line. */
export function readDocument(name: string): Document {
  return parse(readText(name), { file: name === STANDARD_INPUT ? '<stdin>' : name });
}

/** The release to read a document as: from the command line, else from the document, else the newest. */
export function versionFor(document: Document, options: CliOptions): KickstartVersion {
  const named = VERSION_LINE.exec(document.source.text)?.[1];
  return options.version ?? (named === undefined ? undefined : findVersion(named)) ?? LATEST_VERSION;
}

/** Settings for linting a document. */
export function lintOptions(document: Document, options: CliOptions): LintOptions {
  return {
    version: versionFor(document, options),
    profile: options.profile,
    livemediaTarget: options.target,
    isVirtual: options.isVirtual,
    isBareMetal: options.isBareMetal,
    without: options.without,
    ...(options.checksShell ? {} : { checkShell: false }),
  };
}

/** Texts to quote from in reports: what was parsed already, and included files from disk. */
export function sourceLookup(documents: readonly Document[]): SourceLookup {
  const texts = new Map(documents.map(({ file, source }) => [file, source.text]));
  return (file) => {
    if (!texts.has(file)) {
      try {
        texts.set(file, decode(readBounded(file)));
      } catch {
        return undefined;
      }
    }
    return texts.get(file);
  };
}

/** Whether a missing included file is allowed to be missing. */
export function isOptional(options: CliOptions): (path: string) => boolean {
  return (path) =>
    options.optional.some((pattern) =>
      pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern,
    );
}

function readText(name: string): string {
  try {
    return decode(readBounded(name === STANDARD_INPUT ? 0 : name));
  } catch (error) {
    if (error instanceof TooLarge) throw new UsageError(`cannot read ${error.message}`);
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError(`cannot read ${name}: ${reason === 'ENOENT' ? 'there is no such file' : reason}`);
  }
}
