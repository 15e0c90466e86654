import type { Span } from '../diagnostic/index.ts';
import type { ResolvedFile } from './model.ts';

export interface NamedModule {
  /** With `_`, as the kernel calls it. */
  readonly name: string;
  readonly line: string;
  readonly at: Span;
}

/** Kernel modules that a file names which configures dracut, modprobe or modules-load. */
export function modulesIn({ path, source, content, lines }: ResolvedFile): readonly NamedModule[] {
  if (!/\/(?:modprobe\.d|modules-load\.d|dracut\.conf\.d)\//.test(path) || !('text' in content)) return [];
  return content.text.split('\n').flatMap((text, index) =>
    modulesOfLine(text, path).map((name) => {
      const place = { offset: 0, line: lines?.[index] ?? index + 1, column: 1 };
      return { name, line: text.trim(), at: { file: source, start: place, end: place } };
    }),
  );
}

/** The modules that one line of such a file names. */
export function modulesOfLine(text: string, path: string): readonly string[] {
  const line = text.replace(/#.*$/, '').trim();
  const words = (list = '') => list.split(/[\s"']+/).filter(Boolean);
  const found = path.includes('/dracut.conf.d/')
    ? words(/^(?:force_|add_|omit_)?drivers\+?=(.*)$/.exec(line)?.[1])
    : path.includes('/modules-load.d/')
      ? words(line)
      : words(/^(?:options|blacklist|install|remove|softdep|alias\s+\S+)\s+(\S+)/.exec(line)?.[1]);
  return found.map((name) => name.replaceAll('-', '_').replace(/\.ko$/, ''));
}
