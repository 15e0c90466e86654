import type { BuiltFrom } from './contents.ts';

/** `linux (= 6.12.43-1), gcc-14 (= 14.2.0-19)`, as dpkg's fields `Built-Using` and `Static-Built-Using` have it; each once. */
export function builtUsing(field: string): readonly BuiltFrom[] {
  const named = [...field.matchAll(/([a-z0-9][a-z0-9+.-]*)(?::\S+)?\s*\(\s*=\s*([^\s)]+)\s*\)/g)].map(
    ([, source = '', version = '']) => ({ source, version }),
  );
  return [...new Map(named.map((one) => [`${one.source} ${one.version}`, one])).values()];
}

/** The field `Source`, which is absent where it is called and numbered as the package: `glibc (2.41-12)`. */
export function ownSource(field: string, { name, version }: { name: string; version: string }): BuiltFrom {
  const [, source = name, other = version] = /^(\S+)(?:\s+\(([^)]*)\))?/.exec(field) ?? [];
  return { source, version: other };
}
