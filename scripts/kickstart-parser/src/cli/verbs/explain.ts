import type { KickstartVersion } from '../../grammar/version.ts';
import { explain, explainCommand } from '../../meaning/explain.ts';
import type { Explanation } from '../../meaning/explanation.ts';
import { printable } from '../../report/printable.ts';
import type { CliOptions } from '../arguments.ts';
import { readDocument, versionFor } from '../input.ts';
import { UsageError } from '../usage.ts';

/** `explain`: tells what lines mean. */
export function runExplain(options: CliOptions): number {
  const explanations = options.files.flatMap((name) => explainFile(name, options));
  const pretty = explanations.map(describe).join('\n');
  process.stdout.write(printable(options.format === 'json' ? `${JSON.stringify(explanations, null, 2)}\n` : pretty));
  return 0;
}

function explainFile(name: string, options: CliOptions): Explanation[] {
  const [, file = name, number] = /^(.*):(\d+)$/.exec(name) ?? [];
  const document = readDocument(file);
  const version = versionFor(document, options);
  if (number === undefined) {
    return document.nodes.filter((node) => node.kind === 'command').map((node) => explainCommand(node, version));
  }
  const explanation = explain(document, Number(number), version);
  if (explanation === undefined) throw new UsageError(`there is nothing to explain on line ${number} of ${file}`);
  return [explanation];
}

function describe(explanation: Explanation): string {
  const { span, text, command, summary, status, versions, advice, repeats, options } = explanation;
  const lines = [`${span.file}:${span.start.line}: ${text}`];
  if (status === 'unknown') lines.push(`  This release has no command "${command}".`);
  if (summary !== undefined) lines.push(`  ${command}: ${summary}`);
  if (status === 'deprecated' || status === 'removed') {
    lines.push(`  It is ${status} ${explanation.statusSince ?? ''}`.trimEnd() + `. ${advice ?? ''}`.trimEnd());
  }
  if (versions.length > 0) lines.push(`  Works in ${ranges(versions)}.`);
  if (repeats !== undefined) lines.push(`  A further line ${repeats === 'adds up' ? 'adds to' : 'replaces'} it.`);
  for (const { name, value, since, deprecated, versions: having } of options) {
    const meaning = value === undefined ? name : `${name} ${value}`;
    const age = deprecated === undefined ? `since ${since}` : `since ${since}, deprecated since ${deprecated}`;
    lines.push(`  ${meaning}: ${age}; in ${ranges(having)}`);
  }
  return lines.map((line) => `${line}\n`).join('');
}

/** `F36, F37, F38, RHEL9` as `F36–F38, RHEL9`. */
function ranges(versions: readonly KickstartVersion[]): string {
  const parts: { first: KickstartVersion; last: KickstartVersion }[] = [];
  for (const version of versions) {
    const current = parts.at(-1);
    if (current !== undefined && follows(current.last, version)) current.last = version;
    else parts.push({ first: version, last: version });
  }
  return parts.map(({ first, last }) => (first === last ? first : `${first}–${last}`)).join(', ');
}

function follows(before: KickstartVersion, version: KickstartVersion): boolean {
  const [a, b] = [before, version].map((name) => /^(\D+)(\d+)$/.exec(name));
  return a?.[1] === b?.[1] && Number(a?.[2]) + 1 === Number(b?.[2]);
}
