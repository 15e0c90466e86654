/** A language that an installation may be asked for. */
interface Language {
  readonly locale: string;
  readonly words: string;
  /** The layout that most of its speakers have. */
  readonly keyboard: string;
}

export const languages: readonly Language[] = [
  { locale: 'C.UTF-8', words: 'English, in no country', keyboard: 'us' },
  { locale: 'en_US.UTF-8', words: 'English (United States)', keyboard: 'us' },
  { locale: 'en_GB.UTF-8', words: 'English (United Kingdom)', keyboard: 'gb' },
  { locale: 'cs_CZ.UTF-8', words: 'Cestina', keyboard: 'cz' },
  { locale: 'da_DK.UTF-8', words: 'Dansk', keyboard: 'dk' },
  { locale: 'de_DE.UTF-8', words: 'Deutsch', keyboard: 'de' },
  { locale: 'es_ES.UTF-8', words: 'Espanol', keyboard: 'es' },
  { locale: 'fr_FR.UTF-8', words: 'Francais', keyboard: 'fr' },
  { locale: 'it_IT.UTF-8', words: 'Italiano', keyboard: 'it' },
  { locale: 'hu_HU.UTF-8', words: 'Magyar', keyboard: 'hu' },
  { locale: 'nl_NL.UTF-8', words: 'Nederlands', keyboard: 'us' },
  { locale: 'nb_NO.UTF-8', words: 'Norsk (bokmal)', keyboard: 'no' },
  { locale: 'pl_PL.UTF-8', words: 'Polski', keyboard: 'pl' },
  { locale: 'pt_BR.UTF-8', words: 'Portugues (Brasil)', keyboard: 'br' },
  { locale: 'pt_PT.UTF-8', words: 'Portugues (Portugal)', keyboard: 'pt' },
  { locale: 'fi_FI.UTF-8', words: 'Suomi', keyboard: 'fi' },
  { locale: 'sv_SE.UTF-8', words: 'Svenska', keyboard: 'se' },
];

/** A keyboard: how X and Debian's console-setup call it, and how the kernel's console does. */
interface NamedKeyboard {
  readonly layout: string;
  readonly keymap: string;
  readonly words: string;
}

export const keyboards: readonly NamedKeyboard[] = [
  { layout: 'us', keymap: 'us', words: 'US' },
  { layout: 'gb', keymap: 'uk', words: 'British' },
  { layout: 'be', keymap: 'be-latin1', words: 'Belgian' },
  { layout: 'br', keymap: 'br-abnt2', words: 'Brazilian' },
  { layout: 'cz', keymap: 'cz-lat2', words: 'Czech' },
  { layout: 'dk', keymap: 'dk-latin1', words: 'Danish' },
  { layout: 'fi', keymap: 'fi-latin1', words: 'Finnish' },
  { layout: 'fr', keymap: 'fr-latin9', words: 'French' },
  { layout: 'de', keymap: 'de-latin1', words: 'German' },
  { layout: 'hu', keymap: 'hu', words: 'Hungarian' },
  { layout: 'it', keymap: 'it', words: 'Italian' },
  { layout: 'no', keymap: 'no-latin1', words: 'Norwegian' },
  { layout: 'pl', keymap: 'pl', words: 'Polish' },
  { layout: 'pt', keymap: 'pt-latin1', words: 'Portuguese' },
  { layout: 'es', keymap: 'es', words: 'Spanish' },
  { layout: 'se', keymap: 'se-latin1', words: 'Swedish' },
  { layout: 'ch', keymap: 'sg-latin1', words: 'Swiss (German)' },
];
