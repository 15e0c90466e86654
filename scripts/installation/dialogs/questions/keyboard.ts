import { keyboards, languages } from '../languages.ts';
import { answer } from '../screen.ts';
import type { Question } from '../walk.ts';
import { dialogLanguages } from '../words/catalogues.ts';

/** The keyboard, which the console of the installer has from now on as well, where it can. */
export const keyboard: Question = (draft, screen, { machine }) => {
  const { title, text, notNow } = screen.words.keyboard;
  const ofSystem = languages.find(({ locale }) => locale === draft.locale && locale !== 'C.UTF-8');
  const ofDialogs = dialogLanguages.find(({ id }) => id === draft.dialogLanguage);
  const usual = (ofSystem ?? ofDialogs)?.keyboard ?? 'us';
  const items = keyboards.map(({ layout, words }) => [layout, words] as const);
  const chosen = screen.menu(title, text, items, {
    initial: draft.keyboard?.layout ?? usual,
  });
  if (chosen.kind !== 'answer') return chosen;
  const found = keyboards.find(({ layout }) => layout === chosen.value);
  if (found === undefined) throw new Error(`there is no keyboard ${chosen.value}`);
  const { layout, keymap } = found;
  if (layout !== 'us' && machine.run(['loadkeys', '--quiet', keymap]).status !== 0) {
    const told = screen.tell(title, notNow);
    if (told.kind === 'stop') return told;
  }
  return answer({ ...draft, keyboard: { layout, keymap } });
};
