import { KICKSTART_VERSIONS, type KickstartVersion, parse, validate } from 'kickstart-parser';
import type { Diagnostic } from '../diagnostic/index.ts';
import type { ResolvedBase, ResolvedFlavour } from '../flavour/index.ts';
import { canCarry } from './here-document.ts';
import { atSource, type LineMap } from './line-map.ts';

/** Reads the rendered kickstart as an installer would, and tells what it refuses at the source line that caused it. */
export function checkOutput(kickstart: string, map: LineMap, base: ResolvedBase): readonly Diagnostic[] {
  const version = KICKSTART_VERSIONS.find((known) => known === base.kickstartVersion);
  if (version === undefined) return [unknownVersion(base)];
  const document = parse(kickstart, { file: 'kickstart' });
  return validate(document, version).map((diagnostic) => atSource(diagnostic, map));
}

/** Scripts stand in the kickstart as they are; a reader would take some lines for its own, and some are expanded silently. */
export function checkScripts({ post }: Pick<ResolvedFlavour, 'post'>): readonly Diagnostic[] {
  return post
    .filter(({ text }) => !canCarry(text))
    .map(({ source, at }) => ({
      code: 'script-not-carried',
      severity: 'error',
      message: `\`${source}\` holds a line that begins with a kickstart section's name, or a control character`,
      span: at,
      hint: 'put the text into an overlay file, which may hold anything, and run that',
    }));
}

function unknownVersion(base: ResolvedBase): Diagnostic {
  const newest: KickstartVersion | undefined = KICKSTART_VERSIONS.at(-1);
  return {
    code: 'unknown-kickstart-version',
    severity: 'error',
    message: `\`${base.kickstartVersion}\` is no kickstart syntax version that is known here`,
    span: base.at,
    hint: `the newest is ${newest}`,
  };
}
