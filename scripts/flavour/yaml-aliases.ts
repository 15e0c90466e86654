import { type Alias, type Document, isAlias, isCollection, isNode, type Node, visit } from 'yaml';

interface AliasFault {
  readonly node: Alias;
  readonly message: string;
}

/** Aliases (`*name`) that stand for nothing, or for something that they are part of. */
export function aliasFaults(document: Document.Parsed): readonly AliasFault[] {
  const faults: AliasFault[] = [];
  const anchors = new Set<string>();
  visit(document, {
    Node: (_key, node) => {
      if ('anchor' in node && typeof node.anchor === 'string') anchors.add(node.anchor);
    },
    Alias: (_key, node, path) => {
      const isInside = path.some((around) => isNode(around) && 'anchor' in around && around.anchor === node.source);
      if (isInside)
        faults.push({ node, message: `the alias \`*${node.source}\` stands for something that it is part of` });
      else if (!anchors.has(node.source)) {
        const hint = 'text that begins with `*` is put in quotes';
        faults.push({
          node,
          message: `the alias \`*${node.source}\` stands for nothing: no \`&${node.source}\` before it (${hint})`,
        });
      }
    },
  });
  return faults;
}

export function firstAlias(document: Document.Parsed): Alias | undefined {
  let first: Alias | undefined;
  visit(document, {
    Alias: (_key, node) => {
      first ??= node;
      return visit.BREAK;
    },
  });
  return first;
}

/** Keys that are no text: none of our files has such a key, and in JavaScript none can. */
export function keysOfMany(document: Document.Parsed): readonly Node[] {
  const keys: Node[] = [];
  visit(document, {
    Pair: (_, { key }) => {
      if (isCollection(key) || isAlias(key)) keys.push(key);
    },
  });
  return keys.slice(0, 1);
}
