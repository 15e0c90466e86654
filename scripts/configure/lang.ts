import { quoteForShell } from '../process/index.ts';
import type { CommandHandler } from './handler.ts';

/** `lang`: /etc/locale.conf, and the locale is generated where it is not built in. */
export const lang: CommandHandler = {
  commands: ['lang'],
  options: ['--addsupport'],
  check(model, packages) {
    const entry = model.commands.lang;
    if (!entry || packages.has('locales')) return [];
    return locales(entry)
      .filter((locale) => !builtIn(locale))
      .map((locale) => ({
        code: 'locale-without-package',
        severity: 'error',
        message: `lang ${locale} needs the package locales, which %packages does not list`,
        span: entry.span,
        hint: 'Add locales to %packages, or use lang C.UTF-8.',
      }));
  },
  scripts(model) {
    const entry = model.commands.lang;
    if (!entry) return [];
    const generate = locales(entry).filter((locale) => !builtIn(locale));
    const body = [
      `printf 'LANG="%s"\\n' ${quoteForShell(entry.lang)} > /etc/locale.conf`,
      ...generate.map(
        (locale) =>
          `printf '%s %s\\n' ${quoteForShell(locale)} ${quoteForShell(locale.split('.')[1] ?? 'UTF-8')} >> /etc/locale.gen`,
      ),
      ...(generate.length > 0 ? ['locale-gen'] : []),
    ];
    return [{ id: 'lang', title: 'lang', body: body.join('\n'), origin: entry.span }];
  },
};

function locales(entry: { lang: string; addsupport?: readonly string[] }): string[] {
  return [entry.lang, ...(entry.addsupport ?? [])];
}

function builtIn(locale: string): boolean {
  return /^(C(\.UTF-?8)?|POSIX)$/i.test(locale);
}
