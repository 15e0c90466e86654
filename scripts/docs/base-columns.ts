import type { BaseFile, NameMapping } from '../flavour/index.ts';
import { code } from './markdown.ts';

/** A base whose names the tables show, with its column's head. */
export interface DocumentedBase {
  readonly title: string;
  readonly names: NonNullable<BaseFile['names']>;
}

/** What a logical name stands for on a base: its names, `—` where there is nothing to do, or why it is missing. */
export function nameOn(base: DocumentedBase, kind: 'packages' | 'units' | 'paths', logical: string): string {
  const mapping: NameMapping | undefined = base.names[kind]?.[logical];
  if (mapping === undefined) return '';
  if (typeof mapping === 'string') return code(mapping);
  if ('missing' in mapping) return `none: ${mapping.missing}`;
  return mapping.length === 0 ? '—' : code(...mapping);
}
