import { closest, type Diagnostic } from '../../diagnostic/index.ts';
import type { FlavourRule } from './rule.ts';

/** Languages that glibc has locales of, and Unicode's list of names does not know. */
const ONLY_IN_GLIBC = new Set('agr ayc ber bhb hne miq mjw mnw nhn shs the unm yuw'.split(' '));

/**
 * Time zones, languages and countries that nobody has ever heard of, before an hour of building tells it: by the names that
 * Node.js brings. Whether the base itself has them is asked of it, once it is there.
 */
export const systemValues: FlavourRule = ({ system, languages }) => {
  const { timezone, lang } = system;
  return [
    ...faultOfZone(timezone.value).map((fault) => ({ ...fault, span: timezone.at })),
    ...[lang, ...languages].flatMap(({ value, at }) => faultOfLocale(value).map((fault) => ({ ...fault, span: at }))),
  ];
};

function faultOfZone(zone: string): readonly Diagnostic[] {
  const isPlain = /^(?:Etc\/)?UTC$/.test(zone) || zone === '';
  if (isPlain || !isZone('Europe/Berlin')) return [];
  const known = Intl.supportedValuesOf('timeZone');
  const near = closest(zone, known);
  const sameLetters = near !== undefined && near !== zone && near.toLowerCase() === zone.toLowerCase();
  if (isZone(zone) && !sameLetters) return [];
  return [
    {
      code: 'unknown-time-zone',
      severity: 'error',
      message: `there is no time zone \`${zone}\``,
      hint: near === undefined ? '`timedatectl list-timezones` tells them, such as `Europe/Berlin`' : didYouMean(near),
    },
  ];
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

function faultOfLocale(locale: string): readonly Diagnostic[] {
  const [, language = '', country, charset] = /^([A-Za-z]+)(?:_([A-Z]{2}))?(?:\.([A-Za-z0-9-]+))?/.exec(locale) ?? [];
  if (/^(?:C|POSIX)?$/.test(language)) return [];
  const fault = (message: string, hint: string): readonly Diagnostic[] => [
    { code: 'unknown-locale', severity: 'error', message, hint },
  ];
  const example = 'a locale is a language, a country and a character set, such as `pt_BR.UTF-8`';
  if (!/^[a-z]{2,3}$/.test(language) || (!ONLY_IN_GLIBC.has(language) && !isName('language', language))) {
    return fault(`there is no language \`${language}\` for the locale \`${locale}\``, example);
  }
  const canonical = country && new Intl.Locale(`en-${country}`).region;
  if (country && (!isName('region', country) || canonical !== country)) {
    const right =
      canonical !== country && canonical ? didYouMean(locale.replace(`_${country}`, `_${canonical}`)) : example;
    return fault(`there is no country \`${country}\` for the locale \`${locale}\``, right);
  }
  if (
    charset &&
    !/^(?:utf-?8|iso-?8859-?\d+|koi8-?[a-z]+|gb\d+|gbk|big5(?:-?hkscs)?|euc-?[a-z]+|cp\d+|tis-?620|armscii-8|georgian-ps|pt154|rk1048|tcvn5712-1|iso885915|microsoft-cp1251)$/i.test(
      charset,
    )
  ) {
    return fault(`there is no character set \`${charset}\` for the locale \`${locale}\``, example);
  }
  return [];
}

function isName(type: 'language' | 'region', code: string): boolean {
  const names = new Intl.DisplayNames(['en'], { type, fallback: 'none' });
  // A Node.js without this data knows none: then nobody is blamed.
  return names.of(type === 'language' ? 'de' : 'DE') === undefined || names.of(code) !== undefined;
}

const didYouMean = (word: string) => `did you mean \`${word}\`?`;
