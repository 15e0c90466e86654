export { canonical } from './canonical/canonical.ts';
export type { Diagnostic, Fix, Position, Severity, Span } from './diagnostic.ts';
export { type Editor, edit } from './edit/editor.ts';
export { format } from './edit/format.ts';
export { applyEdits, applyFixes, type FixResult, type TextEdit } from './edit/text-edit.ts';
export { parseFile } from './files.ts';
export { type Flattened, type FlattenOptions, flatten, type SourceLine } from './flatten/flatten.ts';
export type { ReadFile } from './flatten/reader.ts';
export { KICKSTART_VERSIONS, type KickstartVersion, LATEST_VERSION } from './grammar/version.ts';
export { type CommandVocabulary, vocabulary } from './grammar/vocabulary.ts';
export { type Interpretation, interpret } from './interpret/interpret.ts';
export { check, type LintOptions, lint } from './lint/lint.ts';
export { LINT_RULES } from './lint/registry.ts';
export { type LintRule, type LivemediaTarget, PROFILES, type Profile, type ShellProblem } from './lint/rule.ts';
export { type Difference, diff } from './meaning/diff.ts';
export { explain } from './meaning/explain.ts';
export type { ExplainedOption, Explanation } from './meaning/explanation.ts';
export type * from './model/command-values.ts';
export type { Entry, EntryOrigin, GivenOption } from './model/entry.ts';
export type * from './model/model.ts';
export { model, validate } from './read.ts';
export { formatGithub } from './report/github.ts';
export { formatGitlab } from './report/gitlab.ts';
export { formatJson } from './report/json.ts';
export { formatPretty, type SourceLookup, summary } from './report/pretty.ts';
export { formatSarif } from './report/sarif.ts';
export { type Colours, noColours, type Style, terminalColours } from './report/style.ts';
export { readBounded } from './source/bounded-read.ts';
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
