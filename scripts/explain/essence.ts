import { parse } from 'kickstart-parser';
import { partsOf } from './script-parts.ts';

/**
 * A kickstart without its remarks and blank lines: where two are equal, so is all that an installer does with them, and in
 * the same order. `#version=` stays.
 */
export function essenceOf(kickstart: string): string {
  const { nodes } = parse(kickstart, { file: 'kickstart' });
  return nodes
    .flatMap((node) => {
      if (node.kind === 'blank') return [];
      if (node.kind === 'comment') return /^#(?:version|platform)=/.test(node.text) ? [node.text.trim()] : [];
      if (node.kind !== 'section') return [node.text.trim()];
      if (node.name !== '%packages') return [partsOf(node).essence];
      return [node.header.text.trim(), node.body.replace(/^[ \t]*(?:#.*)?\n/gm, '')];
    })
    .join('\n');
}
