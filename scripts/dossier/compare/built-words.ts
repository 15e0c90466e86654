import { type Change, partInWords, valueChange } from '../../explain/index.ts';
import { BUILT_PARTS, type BuiltPart, TESTED_PARTS } from './built-parts.ts';
import type { BuiltChange, BuiltComparison } from './compare-built.ts';

/** A comparison as people read it: `+` is new, `-` is gone, `~` is different; behind `#` what brings it. */
export function builtInWords({ parts, derivedFiles, notCompared }: BuiltComparison): string {
  const told = BUILT_PARTS.flatMap((part) => {
    const changes = parts[part];
    return changes === undefined ? [] : [partInWords(part, changes, (change) => changeLine(part, change))];
  });
  const derived =
    derivedFiles > 0
      ? [`${derivedFiles} more files follow from these packages: their lists, caches and indexes.\n`]
      : [];
  return [...told, ...derived, ...notComparedInWords(notCompared)].join('\n').trimEnd();
}

/** What is not known of both, with why. */
export function notComparedInWords(parts: readonly BuiltPart[]): readonly string[] {
  const sentence = (why: string, names: readonly BuiltPart[]) =>
    names.length > 0 ? [`Not compared, as ${why}: ${names.join(', ')}.\n`] : [];
  return [
    ...sentence(
      'one of the builds did not note them',
      parts.filter((part) => !TESTED_PARTS.includes(part)),
    ),
    ...sentence(
      'no test was made of both',
      parts.filter((part) => TESTED_PARTS.includes(part)),
    ),
  ];
}

/** Parts whose values are checksums: that they differ is all that people want of them. */
const CONTENT: readonly BuiltPart[] = ['files', 'polkit and sudo rules', 'kernel modules'];

/** One change with its cause. */
export function changeLine(part: BuiltPart, change: BuiltChange): string {
  const words = CONTENT.includes(part) ? contentInWords(change) : valueChange(change);
  const files = change.files === undefined ? '' : ` (${change.files} ${change.files === 1 ? 'file' : 'files'})`;
  const [commit, ...more] = change.commits ?? [];
  const others = more.length > 0 ? ` and ${more.length} more` : '';
  const by = commit === undefined ? '' : `; touched by commit ${commit}${others}`;
  return words + files + (change.cause === undefined ? '' : `  # ${shortened(change.cause)}${by}`);
}

/** Of a long chain its ends say enough; `--json` has all of it. */
function shortened(cause: string): string {
  const links = cause.split(', ');
  return links.length > 4 ? [links[0], '…', ...links.slice(-2)].join(', ') : cause;
}

function contentInWords({ name, before, after }: Change): string {
  if (before === undefined || after === undefined)
    return valueChange({ name, ...(before === undefined ? { after: '' } : { before: '' }) });
  const [old, now] = [before, after].map((text) => text.replace(/(?:, )?sha256:.*$/, ''));
  return old === now ? `~ ${name}: another content` : `~ ${name}: ${old} → ${now}`;
}
