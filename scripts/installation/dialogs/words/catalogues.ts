import { de } from './de.ts';
import { en, type Words } from './en.ts';
import { fr } from './fr.ts';

/** A language that the dialogs speak. */
export interface DialogLanguage {
  readonly id: string;
  /** In itself. */
  readonly name: string;
  readonly words: Words;
  /** The layout that most of its speakers have. */
  readonly keyboard: string;
}

export const dialogLanguages: readonly DialogLanguage[] = [
  { id: 'en', name: 'English', words: en, keyboard: 'us' },
  { id: 'de', name: 'Deutsch', words: de, keyboard: 'de' },
  { id: 'fr', name: 'Français', words: fr, keyboard: 'fr' },
];
