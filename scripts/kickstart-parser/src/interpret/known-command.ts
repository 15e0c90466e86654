import { parseArguments } from '../arguments/parse-arguments.ts';
import { modelName } from '../commands/spelling.ts';
import { removeLine, replaceAt } from '../edit/fix.ts';
import type { CommandGrammar } from '../grammar/grammar.ts';
import { commandGrammar, optionSet, workingCommands } from '../grammar/lookup.ts';
import type { KickstartVersion } from '../grammar/version.ts';
import type { CommandLine } from '../syntax/tree.ts';
import type { CommandState } from './command-state.ts';
import type { Findings } from './findings.ts';
import { replacementFor, statusSince } from './replacements.ts';
import { allClosest, didYouMean } from './suggest.ts';

const BYTE_ORDER_MARK = '\ufeff';

/** The grammar of a command line; undefined, with a finding, when the release does not have the command. */
export function knownGrammar(
  line: CommandLine,
  version: KickstartVersion,
  findings: Findings,
): CommandGrammar | undefined {
  const grammar = commandGrammar(line.name, version);
  if (grammar === undefined) {
    reportUnknown(line, version, findings);
    return undefined;
  }
  const isGoing = grammar.status === 'deprecated' || grammar.deprecated === true;
  if (grammar.status !== 'removed' && !isGoing) return grammar;
  const span = line.words[0]?.span ?? line.span;
  const since = statusSince(line.name, version);
  const replacement = replacementFor(line.name);
  const hint = replacement?.advice;
  const fix = replacement?.isRemovable === true ? removeLine(line) : undefined;
  if (grammar.status === 'removed') {
    const isMissed = fix !== undefined && replacement?.isMissed === true;
    const mended = isMissed ? { suggestions: [fix] } : { fix };
    findings.error('removed-command', `"${line.name}" is gone${since}`, span, { hint, ...mended });
    return undefined;
  }
  const effect = grammar.status === 'deprecated' ? ' and has no effect' : '';
  findings.warn('deprecated-command', `"${line.name}" is deprecated${since}${effect}`, span, { hint, fix });
  return grammar;
}

function reportUnknown(line: CommandLine, version: KickstartVersion, findings: Findings): void {
  const [word] = line.words;
  const span = word?.span ?? line.span;
  if (word?.value.startsWith(BYTE_ORDER_MARK)) {
    const mark = { ...span, end: { ...span.start, offset: span.start.offset + 1, column: span.start.column + 1 } };
    findings.error('unknown-command', 'A byte order mark stands here, which the installer takes for text', mark, {
      fix: replaceAt(mark, 'Remove it', ''),
    });
    return;
  }
  const guesses = allClosest(line.name.toLowerCase(), workingCommands(version));
  const fixes = guesses.map((guess) => replaceAt(span, `Replace by ${guess}`, guess));
  // The rest of the line tells whether the one guess is what was meant.
  const isSure = guesses.length === 1 && guesses.every((guess) => isReadAs(line, guess, version));
  findings.error('unknown-command', `${version} has no command "${line.name}"`, span, {
    hint: didYouMean(guesses, '"'),
    ...(isSure ? { fix: fixes[0] } : { suggestions: fixes }),
  });
}

/** Whether the words behind the name of a line are words of another command. */
function isReadAs(line: CommandLine, name: string, version: KickstartVersion): boolean {
  const grammar = commandGrammar(name, version);
  if (grammar === undefined) return false;
  if (grammar.args === 'raw' || grammar.args === 'realm') return true;
  const { errors, leftovers } = parseArguments(line.args, optionSet(grammar), grammar.positionals);
  return errors.length === 0 && (leftovers.length === 0 || grammar.args === 'known');
}

/** Reports the first command in force that excludes the one on a line; true when there is one. */
export function hasConflict(
  line: CommandLine,
  grammar: CommandGrammar,
  state: CommandState,
  findings: Findings,
): boolean {
  const other = grammar.conflicts?.find((name) => state.firstSpan.has(modelName(name)));
  const span = other === undefined ? undefined : state.firstSpan.get(modelName(other));
  if (other === undefined || span === undefined) return false;
  findings.error('conflicting-commands', `"${line.name}" and "${other}" exclude each other`, line.span, {
    related: [{ message: `"${other}" stands here`, span }],
  });
  return true;
}
