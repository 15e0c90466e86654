import { type OptionValue, parseArguments } from '../arguments/parse-arguments.ts';
import { optionSet, sectionGrammar } from '../grammar/lookup.ts';
import type { KickstartVersion } from '../grammar/version.ts';
import type { GivenOption } from '../model/entry.ts';
import type { SectionHeader } from '../syntax/tree.ts';
import type { Findings } from './findings.ts';
import { givenOptions, reportArgumentErrors, reportLeftovers, reportQuoting } from './report-arguments.ts';

interface HeaderValues {
  readonly values: Readonly<Record<string, OptionValue>>;
  readonly given: readonly GivenOption[];
}

/** Reads the options of a section header; undefined when they are wrong. */
export function readHeader(
  header: SectionHeader,
  name: string,
  version: KickstartVersion,
  findings: Findings,
): HeaderValues | undefined {
  if (header.quotingError !== undefined) {
    reportQuoting(header, findings);
    return undefined;
  }
  const grammar = sectionGrammar(name, version);
  if (grammar === undefined) return undefined;
  if (grammar.deprecated !== undefined) {
    findings.warn('deprecated-section', `${name} is deprecated since ${grammar.deprecated}`, header.span);
  }
  const args = parseArguments(header.args, optionSet(grammar));
  reportArgumentErrors(header, args, findings);
  reportLeftovers(header, args, args.leftovers, grammar, version, findings);
  const isWrong = args.errors.length > 0 || args.leftovers.length > 0;
  return isWrong ? undefined : { values: args.values, given: givenOptions(args) };
}
