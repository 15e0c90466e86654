import { lang as asDebian, type CommandHandler } from '../../../../configure/index.ts';
import { quoteForShell } from '../../../../process/index.ts';

/** `lang`: /etc/locale.conf. Locales come ready-made, in packages for a language each. */
export const lang: CommandHandler = {
  commands: asDebian.commands,
  options: asDebian.options,
  scripts(model) {
    const entry = model.commands.lang;
    if (!entry) return [];
    const wanted = [entry.lang, ...(entry.addsupport ?? [])];
    const body = [
      ...wanted.map(
        (locale) =>
          `LC_ALL=${quoteForShell(locale)} locale charmap 2>&1 > /dev/null | grep -q . && { echo ${quoteForShell(`the system has no locale ${locale}: a package glibc-langpack-… is missing in %packages`)} >&2; exit 1; }`,
      ),
      `printf 'LANG="%s"\\n' ${quoteForShell(entry.lang)} > /etc/locale.conf`,
    ];
    return [{ id: 'lang', title: 'lang', body: body.join('\n'), origin: entry.span }];
  },
};
