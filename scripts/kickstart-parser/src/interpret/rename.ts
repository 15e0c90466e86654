import type { Fix } from '../diagnostic.ts';
import { replaceAt } from '../edit/fix.ts';
import type { Word } from '../syntax/words.ts';

/** Gives an option another name; undefined where its name is not written plainly, as its value could change with it. */
export function renameFix(word: Word, name: string, newName: string): Fix | undefined {
  if (!word.raw.startsWith(name)) return undefined;
  return replaceAt(word.span, `Replace by ${newName}`, newName + word.raw.slice(name.length));
}
