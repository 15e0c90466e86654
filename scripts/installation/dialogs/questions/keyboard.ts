import { keyboards, languages } from '../languages.ts';
import { answer } from '../screen.ts';
import type { Question } from '../walk.ts';

/** The keyboard, which the console of the installer has from now on as well, where it can. */
export const keyboard: Question = (draft, screen, { machine }) => {
  const usual = languages.find(({ locale }) => locale === draft.locale)?.keyboard ?? 'us';
  const items = keyboards.map(({ layout, words }) => [layout, words] as const);
  const chosen = screen.menu('Keyboard', 'Which keyboard does this computer have?', items, {
    initial: draft.keyboard?.layout ?? usual,
  });
  if (chosen.kind !== 'answer') return chosen;
  const found = keyboards.find(({ layout }) => layout === chosen.value);
  if (found === undefined) throw new Error(`there is no keyboard ${chosen.value}`);
  const { layout, keymap } = found;
  if (layout !== 'us' && machine.run(['loadkeys', '--quiet', keymap]).status !== 0) {
    const told = screen.tell(
      'Keyboard',
      'The installed system will have this keyboard. Until then the keys here are those of a US keyboard (over a serial line: of your terminal).\n\nKeep to letters and digits that are at the same place on both where you type a password.',
    );
    if (told.kind === 'stop') return told;
  }
  return answer({ ...draft, keyboard: { layout, keymap } });
};
