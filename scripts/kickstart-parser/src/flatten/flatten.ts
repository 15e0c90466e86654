import { isAbsolute, relative, resolve } from 'node:path';
import type { Diagnostic } from '../diagnostic.ts';
import { type LineOrigin, SourceText } from '../source/source-text.ts';
import { parseSource } from '../syntax/parse.ts';
import type { Document } from '../syntax/tree.ts';
import { Expansion } from './expansion.ts';
import { IncludeReader, type ReadFile, readFromDisk } from './reader.ts';

export interface FlattenOptions {
  /** Where relative paths are looked up first, as the installer does; default: the process's. */
  readonly workingDirectory?: string;
  /** How to read a file; default: from disk. */
  readonly read?: ReadFile;
  /** Which missing files are no error; their `%include` lines stay. True for all of them. */
  readonly optional?: boolean | ((path: string) => boolean);
}

/** Where a line of a flattened kickstart came from. */
export interface SourceLine {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

export interface Flattened {
  /** The kickstart in one piece. */
  readonly text: string;
  /** The same, parsed; its spans point into the files the lines came from. */
  readonly document: Document;
  /** For each line of `text`, its origin. */
  readonly map: readonly SourceLine[];
  /** Missing files, loops, and files that do not close what they open. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Puts the files a kickstart includes in the place of its `%include` lines. Comments stay, and the result means to the
 * installer what the files mean to it.
 */
export function flatten(document: Document, options: FlattenOptions = {}): Flattened {
  const workingDirectory = options.workingDirectory ?? process.cwd();
  // Included files are named as the main one is: from here, or by their whole paths.
  const isFromHere = !isAbsolute(document.file) && !document.file.startsWith('<');
  const nameOf = (fullPath: string) => {
    if (!isFromHere) return fullPath;
    const name = relative(workingDirectory, fullPath);
    return document.file.startsWith('./') && !name.startsWith('..') ? `./${name}` : name;
  };
  const reader = new IncludeReader(options.read ?? readFromDisk, workingDirectory, nameOf);
  const { optional } = options;
  const isOptional = typeof optional === 'function' ? optional : () => optional === true;
  const expansion = new Expansion(reader, isOptional);
  expansion.addFile(document.source, resolve(workingDirectory, document.file));
  const origins = expansion.origins.map(directOrigin);
  const source = new SourceText(expansion.text(document.source), document.file, origins);
  return {
    text: source.text,
    document: parseSource(source),
    map: origins.map(({ source: { file }, index }) => ({ file, line: index + 1 })),
    diagnostics: expansion.diagnostics,
  };
}

/** Looks through an already flattened text to the file a line first came from. */
function directOrigin(origin: LineOrigin): LineOrigin {
  const earlier = origin.source.origins?.[origin.index];
  return earlier === undefined ? origin : directOrigin(earlier);
}
