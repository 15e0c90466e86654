import { chmodSync, mkdirSync, rmdirSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface TreeNode {
  readonly kind: 'directory' | 'link' | 'file';
  /** Of a file; the target of a link. */
  readonly content: string;
  readonly mode: number | undefined;
}

/** A directory that becomes one tree after the other, by what differs: most of what tests do with trees is to write them. */
export class ScratchTree {
  readonly #root: string;
  #nodes = new Map<string, TreeNode>();

  constructor(root: string) {
    this.#root = root;
  }

  /** Makes the directory hold these, by path below it, and nothing else. */
  become(wanted: ReadonlyMap<string, TreeNode>): void {
    const next = withParents(wanted);
    for (const [name, node] of deepestFirst(this.#nodes)) {
      if (!isSame(node, next.get(name))) this.#remove(name, node);
    }
    for (const [name, node] of [...next].sort(([one], [other]) => depth(one) - depth(other))) {
      if (!isSame(node, this.#nodes.get(name))) this.#make(name, node);
    }
    this.#nodes = next;
  }

  #remove(name: string, { kind }: TreeNode): void {
    const file = path.join(this.#root, name);
    if (kind === 'directory') rmdirSync(file);
    else unlinkSync(file);
  }

  #make(name: string, { kind, content, mode }: TreeNode): void {
    const file = path.join(this.#root, name);
    if (kind === 'directory') mkdirSync(file);
    else if (kind === 'link') symlinkSync(content, file);
    // Never over what is there: it could be a link to a program of the computer.
    else writeFileSync(file, content, { flag: 'wx' });
    if (mode !== undefined) chmodSync(file, mode);
  }
}

const depth = (name: string): number => name.split('/').length;

function deepestFirst(nodes: ReadonlyMap<string, TreeNode>): [string, TreeNode][] {
  return [...nodes].sort(([one], [other]) => depth(other) - depth(one));
}

function isSame(one: TreeNode, other: TreeNode | undefined): boolean {
  return other !== undefined && one.kind === other.kind && one.content === other.content && one.mode === other.mode;
}

function withParents(wanted: ReadonlyMap<string, TreeNode>): Map<string, TreeNode> {
  const all = new Map(wanted);
  for (const name of wanted.keys()) {
    for (let parent = path.dirname(name); parent !== '.'; parent = path.dirname(parent)) {
      if (all.has(parent)) break;
      all.set(parent, { kind: 'directory', content: '', mode: undefined });
    }
  }
  return all;
}
