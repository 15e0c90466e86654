export { canonical } from './canonical/canonical.ts';
export type { Diagnostic, Fix, Position, Severity, Span } from './diagnostic.ts';
export { parseFile } from './files.ts';
export { type Flattened, type FlattenOptions, flatten, type SourceLine } from './flatten/flatten.ts';
export type { ReadFile } from './flatten/reader.ts';
export { KICKSTART_VERSIONS, type KickstartVersion, LATEST_VERSION } from './grammar/version.ts';
export type * from './model/command-values.ts';
export type { Entry, EntryOrigin, GivenOption } from './model/entry.ts';
export type * from './model/model.ts';
export { model, validate } from './read.ts';
export { decode, encode } from './source/bytes.ts';
export { type ParseOptions, parse, print } from './syntax/parse.ts';
export type {
  BlankLine,
  CommandLine,
  CommentLine,
  Document,
  DocumentNode,
  EndLine,
  IgnoredLine,
  IncludeLine,
  Section,
  SectionHeader,
  StrayDirective,
} from './syntax/tree.ts';
export type { Word } from './syntax/words.ts';
