import type { BuiltSide } from '../built-side.ts';

/** A line of the sources that a kickstart was rendered from. */
export interface SourceLine {
  readonly file: string;
  readonly line: number;
}

/** The place that each line of the kickstart comes from. */
export function sourceOfLine(kickstart: BuiltSide['kickstart']): (index: number) => SourceLine | undefined {
  return (index) => {
    const [source = 0, line = 1] = kickstart?.map.lines[index] ?? [];
    const file = kickstart?.map.sources[source];
    return index < 0 || file === undefined ? undefined : { file, line };
  };
}

/** Package → the line that asks for it. Nothing is known where the kickstart is gone. */
export function askedPackages(kickstart: BuiltSide['kickstart']): ReadonlyMap<string, SourceLine> {
  const placeOf = sourceOfLine(kickstart);
  const asked = new Map<string, SourceLine>();
  let inside = false;
  for (const [index, text] of (kickstart?.text.split('\n') ?? []).entries()) {
    if (text.startsWith('%')) inside = text.startsWith('%packages');
    const place = inside && /^[a-z0-9]/.test(text) ? placeOf(index) : undefined;
    if (place !== undefined) asked.set(text.trim(), place);
  }
  return asked;
}

/** Whether recommended packages were installed, too; also where nobody knows. */
export function withWeakDependencies(kickstart: BuiltSide['kickstart']): boolean {
  return !/^%packages\b.*\s--exclude-?weakdeps\b/im.test(kickstart?.text ?? '');
}
