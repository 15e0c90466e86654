import type { KickstartModel } from 'kickstart-parser';
import type { Span } from '../../diagnostic/index.ts';
import { type ResolvedFlavour, xLayoutOf } from '../../flavour/index.ts';

export type QuestionKind = 'time-zone' | 'locale' | 'key-map' | 'layout' | 'unit' | 'user-unit' | 'group';

/** Whether the installed packages have what a value names. */
export interface Question {
  readonly kind: QuestionKind;
  readonly value: string;
  /** Who asks. */
  readonly at: Span;
}

/** Everything that a flavour names and that only the installed packages can confirm. `model`: its kickstart. */
export function questionsOf(flavour: ResolvedFlavour, { commands }: KickstartModel): readonly Question[] {
  const { timezone, lang, keyboard } = flavour.system;
  return [
    { kind: 'time-zone', value: timezone.value, at: timezone.at },
    ...[lang, ...flavour.languages].flatMap(({ value, at }) =>
      isBuiltIn(value) ? [] : [{ kind: 'locale' as const, value, at }],
    ),
    { kind: 'key-map', value: keyboard.value, at: keyboard.at },
    { kind: 'layout', value: xLayoutOf(keyboard.value), at: keyboard.at },
    ...groupsOfPackages(flavour, { commands }).map(({ name, at }) => ({ kind: 'group' as const, value: name, at })),
    ...unitQuestions('unit', flavour),
    ...unitQuestions('user-unit', flavour),
  ];
}

/** Groups of users that packages must have: one that the kickstart, an overlay or a script makes is there by itself. */
export function groupsOfPackages(
  flavour: ResolvedFlavour,
  { commands }: Pick<KickstartModel, 'commands'>,
): readonly { readonly name: string; readonly at: Span }[] {
  return flavour.users
    .flatMap(({ groups, at }) => groups.map((name) => ({ name, at })))
    .filter(({ name }) => !isMadeHere(name, commands.group, flavour));
}

const isBuiltIn = (locale: string) => /^(?:C(?:\.UTF-?8)?|POSIX)$/i.test(locale);

function isMadeHere(
  group: string,
  made: KickstartModel['commands']['group'],
  { files, post }: ResolvedFlavour,
): boolean {
  const isNamed = (text: string) => text.split(/[\s"':]+/).includes(group);
  return (
    made.some(({ name }) => name === group) ||
    files.some(({ path, content }) => path.includes('/sysusers.d/') && 'text' in content && isNamed(content.text)) ||
    post.some(({ text }) => /\b(?:groupadd|addgroup|systemd-sysusers)\b/.test(text) && isNamed(text))
  );
}

/**
 * Bases of RPM packages name units of several releases, and of packages that another one may bring: what is not there need not be
 * kept from starting.
 */
function unitQuestions(kind: 'unit' | 'user-unit', flavour: ResolvedFlavour): readonly Question[] {
  return unitsOfPackages(kind, flavour)
    .filter(({ preset }) => flavour.base.family === 'deb' || preset !== 'disable')
    .map(({ name, at }) => ({ kind, value: name, at }));
}

/**
 * Units that packages must have: one that an overlay brings or a script may make is there later, and masking one that is not there is
 * no fault.
 */
export function unitsOfPackages(
  kind: 'unit' | 'user-unit',
  { units, userUnits, files, links, post }: ResolvedFlavour,
): ResolvedFlavour['units'] {
  const scope = kind === 'unit' ? '/systemd/system/' : '/systemd/user/';
  const brought = new Set(
    [...files, ...links].flatMap(({ path }) => (path.includes(scope) ? [path.slice(path.lastIndexOf('/') + 1)] : [])),
  );
  return (kind === 'unit' ? units : userUnits)
    .filter(({ preset, name }) => preset !== 'mask' && !/[*?[]/.test(name))
    .filter(({ name }) => !brought.has(name) && !brought.has(templateOf(name)))
    .filter(({ name }) => !post.some(({ text }) => text.includes(name)));
}

/** `getty@.service` of `getty@tty1.service`; other names as they are. */
export function templateOf(unit: string): string {
  return unit.replace(/@[^@.]*(?=\.[a-z]+$)/, '@');
}
