import { numbered } from './numbered.ts';
import type { ScriptParts } from './script-parts.ts';

/** What the scripts of overlays do in common, besides what each of them writes. */
const OVERLAYS = 'every overlay';
const KERNEL_COMMAND_LINE = /^(printf '%s\\n' )(.*)( > \/etc\/kernel\/cmdline)$/m;
const PRESET = /^systemctl(?: --global)? preset((?: *\\\n *\S+)+)\n/gm;

/**
 * What scripts do that no other part of a profile tells. What most overlays do alike is said once; units that are put into
 * their state, and kernel arguments, are left out where they are those that the profile has.
 */
export function otherWork(
  scripts: readonly ScriptParts[],
  units: ReadonlyMap<string, string>,
  kernelArguments: readonly string[],
): ReadonlyMap<string, string> {
  const usual = mostFrequent(scripts.filter(isOverlay).map(({ rest }) => rest));
  const known = knownLists(units);
  const shortened = (rest: string): string =>
    (usual !== undefined && rest.startsWith(usual) ? rest.slice(usual.length) : rest)
      .replace(PRESET, (text, names: string) => (known.has(wordsOf(names)) ? '' : text))
      .replace(KERNEL_COMMAND_LINE, (text, start: string, argument: string, end: string) =>
        argument.replaceAll("'", '') === kernelArguments.join(' ') ? `${start}(kernel arguments)${end}` : text,
      );
  const functions = new Map(
    scripts.flatMap((script) => [...script.functions].map(([name, text]) => [text, `function ${name}`] as const)),
  );
  return numbered([
    ...(usual === undefined ? [] : [[OVERLAYS, usual] as const]),
    ...[...functions].map(([text, name]) => [name, text] as const),
    ...scripts
      .filter((script) => !(isOverlay(script) && script.rest === usual))
      .map((script) => [nameOf(script), shortened(script.rest)] as const),
  ]);
}

function isOverlay({ files, directories, links }: ScriptParts): boolean {
  return files.length + directories.size + links.size > 0;
}

/** A component may have an overlay and a script. */
function nameOf(script: ScriptParts): string {
  const isOfComponent = script.title.startsWith('component ');
  return isOfComponent && isOverlay(script) ? `overlay of ${script.title}` : script.title;
}

function mostFrequent(texts: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** The units of each state, joined as a command line names them. */
function knownLists(units: ReadonlyMap<string, string>): ReadonlySet<string> {
  const those = (state: string, ofUsers: boolean) =>
    [...units]
      .filter(([name, its]) => its === state && name.endsWith(' (user)') === ofUsers)
      .map(([name]) => name.replace(/ \(user\)$/, ''))
      .join(' ');
  return new Set(['enabled', 'disabled'].flatMap((state) => [those(state, false), those(state, true)]));
}

/** The words of a command line that goes over several lines. */
function wordsOf(text: string): string {
  return text
    .split(/[\s\\]+/)
    .filter(Boolean)
    .join(' ');
}
