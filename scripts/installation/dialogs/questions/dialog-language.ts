import { answer } from '../screen.ts';
import type { Question } from '../walk.ts';
import { dialogLanguages } from '../words/catalogues.ts';

/** The language of the dialogs, which they speak from here on. */
export const dialogLanguage: Question = (draft, screen) => {
  const items = dialogLanguages.map(({ id, name }) => [id, name] as const);
  // For whoever reads one of them.
  const chosen = screen.menu('Language, Sprache, Langue', 'English? Deutsch? Français?', items, {
    initial: draft.dialogLanguage ?? 'en',
  });
  if (chosen.kind !== 'answer') return chosen;
  const found = dialogLanguages.find(({ id }) => id === chosen.value);
  if (found === undefined) throw new Error(`there is no language ${chosen.value}`);
  screen.speak(found.words);
  return answer({ ...draft, dialogLanguage: found.id });
};
