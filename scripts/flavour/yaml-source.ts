import {
  Document,
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
import { SourceText } from './source-text.ts';

/** Made once: it costs more than reading a short file does. */
const SCHEMA = new Document(null, { merge: false }).schema ?? undefined;

/** The way to a value from the root of a document: keys and list indexes. */
export type ValuePath = readonly (string | number)[];

/** A YAML file that remembers where each of its values stands. */
export class YamlSource {
  readonly source: SourceText;
  readonly diagnostics: readonly Diagnostic[];
  readonly data: unknown;
  readonly #document: Document.Parsed;
  /** Many flavours ask for the same places. */
  readonly #spans = new Map<string, Span>();

  constructor(file: string, text: string) {
    this.source = new SourceText(file, text);
    this.#document = parseDocument(text, { schema: SCHEMA, prettyErrors: false, uniqueKeys: true, merge: false });
    this.diagnostics = [...this.#document.errors, ...this.#document.warnings].map((problem) =>
      problem.code === 'DUPLICATE_KEY' ? this.#duplicateKey(problem.pos[0]) : this.#syntaxError(problem),
    );
    this.data = this.diagnostics.length === 0 ? this.#document.toJS({ maxAliasCount: 100 }) : undefined;
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
    if (!isScalar(node)) {
      const lineEnd = this.source.text.indexOf('\n', range[0]);
      return this.source.span(range[0], lineEnd === -1 ? range[1] : Math.min(range[1], lineEnd));
    }
    return this.source.span(range[0], range[1]);
  }

  #syntaxError({ message, pos }: YAMLError): Diagnostic {
    const text = message.charAt(0).toLowerCase() + message.slice(1);
    return { code: 'yaml-syntax', severity: 'error', message: text, span: this.source.span(...pos) };
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
