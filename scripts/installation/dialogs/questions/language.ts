import { languages } from '../languages.ts';
import { answer } from '../screen.ts';
import type { Question } from '../walk.ts';

/** The language of the installed system, of those that it has. */
export const language: Question = (draft, screen, { tree }) => {
  const there = languages.filter(
    ({ locale }) => tree.hasLocale(locale) && (isBuiltIn(locale) || tree.packages.has('locales')),
  );
  const [only] = there;
  if (only !== undefined && there.length === 1) return { kind: 'skipped', value: { ...draft, locale: only.locale } };
  const usual = there.find(({ locale }) => locale.startsWith(`${draft.dialogLanguage}_`));
  const items = there.map(({ locale, words }) => [locale, words] as const);
  const chosen = screen.menu(screen.words.locale.title, screen.words.locale.text, items, {
    initial: draft.locale ?? usual?.locale ?? 'C.UTF-8',
  });
  return chosen.kind === 'answer' ? answer({ ...draft, locale: chosen.value }) : chosen;
};

const isBuiltIn = (locale: string) => locale === 'C.UTF-8';
