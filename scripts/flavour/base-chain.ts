import type { Span } from '../diagnostic/index.ts';
import type { Findings } from './findings.ts';
import type { Library } from './library.ts';
import type { BaseFile } from './source-files.ts';
import { strayHint } from './stray-files.ts';
import type { ValuePath, YamlSource } from './yaml-source.ts';

/** A base file with those that it extends, the nearest first: what one leaves out comes from the next. */
export class BaseChain {
  readonly names: readonly string[];
  readonly #files: readonly { readonly data: BaseFile; readonly source: YamlSource }[];

  constructor(files: readonly { readonly data: BaseFile; readonly source: YamlSource }[]) {
    this.#files = files;
    this.names = files.map(({ data }) => data.base);
  }

  get file(): string {
    return this.#files[0]?.source.source.file ?? '';
  }

  /** The nearest file's value at `path`, with its place. */
  value<T>(path: ValuePath): { readonly value: T; readonly at: Span } | undefined {
    for (const { data, source } of this.#files) {
      const value = path.reduce<unknown>(step, data);
      if (value !== undefined) return { value: value as T, at: source.spanOfValue(path) };
    }
    return undefined;
  }

  /** The lists that the files have at `path`, the furthest first, with the place of each entry. */
  entries<T>(
    path: ValuePath,
  ): readonly { readonly value: T; readonly place: (part?: string) => Span; readonly file: string }[] {
    return this.#files.toReversed().flatMap(({ data, source }) => {
      const list = path.reduce<unknown>(step, data);
      return (Array.isArray(list) ? (list as readonly T[]) : []).map((value, index) => ({
        value,
        place: (part?: string) => source.spanOfValue([...path, index, ...(part === undefined ? [] : [part])]),
        file: data.base,
      }));
    });
  }

  /** The keys that any of the files has at `path`. */
  keys(path: ValuePath): readonly string[] {
    return [...new Set(this.#files.flatMap(({ data }) => Object.keys(path.reduce<unknown>(step, data) ?? {})))];
  }
}

/** Reads a base and what it extends. Undefined, with findings, where the chain is broken; silent where there is no such base. */
export function loadBaseChain(library: Library, name: string, findings: Findings): BaseChain | undefined {
  const files: { data: BaseFile; source: YamlSource }[] = [];
  let next: string | undefined = name;
  let at: Span | undefined;
  while (next !== undefined) {
    const wanted: string = next;
    if (files.some(({ data }) => data.base === wanted)) {
      const circle = [...files.map(({ data }) => data.base), wanted].join(' → ');
      findings.error('extends-cycle', `bases extend each other in a circle: ${circle}`, at);
      return undefined;
    }
    const loaded = library.load('base', wanted);
    if (!loaded) {
      if (files.length > 0) {
        const known = library.names('base');
        findings.unknownName('unknown-base', 'base', wanted, known, at, strayHint(library, 'base', wanted, known));
      }
      return undefined;
    }
    findings.add(loaded.diagnostics);
    if (!loaded.data) return undefined;
    files.push({ data: loaded.data, source: loaded.source });
    at = loaded.source.spanOfValue(['extends']);
    next = loaded.data.extends;
  }
  return new BaseChain(files);
}

function step(value: unknown, key: string | number): unknown {
  const isThere = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
  return isThere ? (value as Record<string | number, unknown>)[key] : undefined;
}
