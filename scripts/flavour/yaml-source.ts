import { isUtf8 } from 'node:buffer';
import {
  Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  visit,
  type YAMLError,
} from 'yaml';
import type { Diagnostic, Span } from '../diagnostic/index.ts';
import { type ReadResult, readRegular } from '../files/index.ts';
import { SourceText } from './source-text.ts';
import { aliasFaults, firstAlias, keysOfMany } from './yaml-aliases.ts';
import { yamlWords } from './yaml-words.ts';

/** Made once: it costs more than reading a short file does. */
const SCHEMA = new Document(null, { merge: false }).schema ?? undefined;

/** The way to a value from the root of a document: keys and list indexes. */
export type ValuePath = readonly (string | number)[];

/** No source file comes near. */
export const MOST_MEBIBYTES = 8;

/** Reads a YAML file; what cannot be read is a finding like any other in it. `file`: as diagnostics name it. */
export function readYaml(absolute: string, file: string): YamlSource {
  return yamlFrom(file, readRegular(absolute, MOST_MEBIBYTES));
}

/** The same of a file that was read. */
export function yamlFrom(file: string, read: ReadResult): YamlSource {
  if ('fault' in read) return new YamlSource(file, '', read.fault);
  const text = read.bytes.toString('utf8');
  return new YamlSource(file, text, encodingFault(read.bytes));
}

/** Undefined for UTF-8: any other would come out as other letters, silently. */
function encodingFault(bytes: Buffer): string | undefined {
  if (/^(?:\xff\xfe|\xfe\xff)/.test(bytes.toString('latin1', 0, 2))) return 'is UTF-16: save it as UTF-8';
  return isUtf8(bytes) ? undefined : 'is not UTF-8: save it as that';
}

/** A YAML file that remembers where each of its values stands. */
export class YamlSource {
  readonly source: SourceText;
  readonly diagnostics: readonly Diagnostic[];
  readonly data: unknown;
  readonly #document: Document.Parsed;
  /** Many flavours ask for the same places. */
  readonly #spans = new Map<string, Span>();

  /** `fault`: in words, why the file has no text, or none that could be read. */
  constructor(file: string, text: string, fault?: string) {
    this.source = new SourceText(file, text);
    this.#document = parseDocument(fault === undefined ? text : '', {
      schema: SCHEMA,
      prettyErrors: false,
      uniqueKeys: true,
      merge: false,
    });
    const problems = [...this.#document.errors, ...this.#document.warnings];
    const twins = problems.filter(({ code }) => code === 'DUPLICATE_KEY');
    // What the library finds behind the first mistake mostly comes of it.
    const first = problems.filter((problem) => !twins.includes(problem)).slice(0, 1);
    const found = [
      ...(fault === undefined ? [] : [this.#unreadable(fault)]),
      ...first.map((problem) => this.#syntaxError(problem)),
      ...twins.map(({ pos }) => this.#duplicateKey(pos[0])),
      ...aliasFaults(this.#document).map(({ node, message }) => this.#aliasFault(node, message)),
      ...(first.length > 0 ? [] : keysOfMany(this.#document).map((node) => this.#keyOfMany(node))),
    ];
    const data = found.length === 0 ? this.#expand(found) : undefined;
    this.diagnostics = found;
    this.data = data;
  }

  /** Aliases of aliases would make gigabytes of a few lines: then there is a finding more, and no data. */
  #expand(found: Diagnostic[]): unknown {
    try {
      return this.#document.toJS({ maxAliasCount: 100 });
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error;
      found.push(this.#aliasFault(firstAlias(this.#document), 'aliases stand for each other too often: write it out'));
      return undefined;
    }
  }

  #aliasFault(node: unknown, message: string): Diagnostic {
    return { code: 'yaml-alias', severity: 'error', message, span: this.#span(node) };
  }

  #keyOfMany(node: unknown): Diagnostic {
    const message = 'a list or a map stands where a key should, as of a text that begins with `{{` or `[`';
    const hint = 'quote the text: `name: "{{flavour}}"`';
    return { code: 'yaml-syntax', severity: 'error', message, hint, span: this.#span(node) };
  }

  #unreadable(fault: string): Diagnostic {
    const message = `the file ${fault}`;
    // Where a byte is none of UTF-8's, this sign stands for it.
    const at = Math.max(0, this.source.text.indexOf('\uFFFD'));
    return { code: 'unreadable-file', severity: 'error', message, span: this.source.span(at, at) };
  }

  /** Where the value at `path` stands; where a part of the path is absent, the nearest value around it. */
  spanOfValue(path: ValuePath): Span {
    const key = path.join('\n');
    const known = this.#spans.get(key) ?? this.#findSpan(path);
    this.#spans.set(key, known);
    return known;
  }

  #findSpan(path: ValuePath): Span {
    let node: unknown = this.#document.contents;
    for (const step of path) {
      const next = child(node, step);
      if (!isNode(next)) break;
      node = next;
    }
    return this.#span(node);
  }

  /** Where the key of the value at `path` stands. */
  spanOfKey(path: ValuePath): Span {
    const pair = pairAt(this.#nodeAt(path.slice(0, -1)), path.at(-1) ?? '');
    return pair && isNode(pair.key) ? this.#span(pair.key) : this.spanOfValue(path);
  }

  #nodeAt(path: ValuePath): unknown {
    return path.reduce<unknown>(child, this.#document.contents);
  }

  #span(node: unknown): Span {
    const range = isNode(node) ? (node as Node).range : undefined;
    if (!range) return this.source.span(0, 0);
    // A map or list is named by its first line: underlining all of it would hide what is meant.
    if (!isScalar(node) && !isAlias(node)) {
      const lineEnd = this.source.text.indexOf('\n', range[0]);
      return this.source.span(range[0], lineEnd === -1 ? range[1] : Math.min(range[1], lineEnd));
    }
    return this.source.span(range[0], range[1]);
  }

  #syntaxError(problem: Pick<YAMLError, 'code' | 'message' | 'pos'>): Diagnostic {
    return { code: 'yaml-syntax', severity: 'error', ...yamlWords(problem), span: this.source.span(...problem.pos) };
  }

  #duplicateKey(offset: number): Diagnostic {
    const { first, second } = findTwins(this.#document, offset);
    const key = second ? `\`${second.value}\`` : 'a key';
    return {
      code: 'duplicate-key',
      severity: 'error',
      message: `${key} is given twice`,
      span: second ? this.#span(second) : this.source.span(offset, offset + 1),
      ...(first ? { related: [{ message: 'first here', span: this.#span(first) }] } : {}),
    };
  }
}

/** The key at `offset`, and the earlier one of the same map that it repeats. */
function findTwins(document: Document, offset: number): { readonly first?: Scalar; readonly second?: Scalar } {
  const twins: { first?: Scalar; second?: Scalar } = {};
  visit(document, {
    Map: (_, map) => {
      const keys = map.items.map((item) => item.key).filter((key) => isScalar(key));
      const second = keys.find((key) => key.range?.[0] === offset);
      const first = second && keys.find((key) => key !== second && key.value === second.value);
      if (second) Object.assign(twins, { second, ...(first ? { first } : {}) });
    },
  });
  return twins;
}

function child(node: unknown, step: string | number): unknown {
  if (isSeq(node)) return node.items[Number(step)];
  return pairAt(node, step)?.value;
}

function pairAt(node: unknown, key: string | number): Pair | undefined {
  if (!isMap(node)) return undefined;
  return node.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(key));
}
