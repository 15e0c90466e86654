import type { GivenOption, KickstartModel } from 'kickstart-parser';
import { accepts, configuring } from '../../configure/index.ts';
import type { Diagnostic, Span } from '../../diagnostic/index.ts';
import { acceptedCommand } from './accepted.ts';
import { type RootTree, startsBySystemdBoot } from './root-tree.ts';

/**
 * Everything in an answer file that this installer cannot honour, besides what it asks of disks. An empty list means that the
 * installed system will be what the answers say.
 */
export function refuseAnswers(model: KickstartModel, tree: RootTree): Diagnostic[] {
  return [
    ...model.present.flatMap(({ name, span, given }) => refuseCommand(name, span, given)),
    ...configuring.flatMap((handler) => handler.check?.(model, tree.packages) ?? []),
    ...refusePackages(model, tree),
    ...refuseSections(model),
    ...refuseLoader(model, tree),
    ...refuseValues(model, tree),
  ];
}

function error(code: string, message: string, span?: Span, hint?: string): Diagnostic {
  return { code, severity: 'error', message, ...(span && { span }), ...(hint !== undefined && { hint }) };
}

function refuseCommand(name: string, span: Span, given: readonly GivenOption[]): Diagnostic[] {
  const accepted = acceptedCommand(name);
  if (accepted === undefined)
    return [error('unsupported-command', `this installer cannot honour the command ${name}`, span)];
  return given
    .filter((option) => !accepts(accepted, option.name))
    .map((option) => {
      const reason = accepted.refused?.[option.name];
      const message = `this installer cannot honour ${option.name} of ${name}${reason === undefined ? '' : `: ${reason}`}`;
      return error('unsupported-option', message, option.span);
    });
}

/** The system is made already: what the answers list must be in it, and what they exclude must not. */
function refusePackages({ packages }: KickstartModel, tree: RootTree): Diagnostic[] {
  if (packages === undefined) return [];
  const hint =
    'This medium installs one finished system; another one has what you need, or `apt-get install` in a %post.';
  const header = packages.given.flatMap((option) => {
    const accepted = acceptedCommand('%packages');
    return accepted === undefined || accepts(accepted, option.name)
      ? []
      : [error('unsupported-option', `this installer cannot honour ${option.name} of %packages`, option.span)];
  });
  const groups = [
    ...packages.groups,
    ...packages.excludedGroups,
    ...(packages.environment ? [packages.environment] : []),
  ];
  const missing = packages.flags.ignoremissing ? [] : packages.packages.filter(({ name }) => !tree.packages.has(name));
  return [
    ...header,
    ...groups.map(({ name, span }) =>
      error('unsupported-group', `@${name}: this system knows no package groups`, span),
    ),
    ...missing.map(({ name, span }) =>
      error('package-not-in-image', `${name} is not in the system on this medium`, span, hint),
    ),
    ...packages.excludedPackages
      .filter(({ name }) => tree.packages.has(name))
      .map(({ name, span }) => error('package-in-image', `${name} is in the system on this medium`, span)),
  ];
}

function refuseSections(model: KickstartModel): Diagnostic[] {
  const scripts = model.scripts.filter(({ section }) => section !== 'post');
  const others = [
    ...scripts.map(({ section, headerSpan }) => [`%${section}`, headerSpan] as const),
    ...model.addons.map(({ section, headerSpan }) => [section, headerSpan] as const),
    ...model.certificates.map(({ headerSpan }) => ['%certificate', headerSpan] as const),
  ];
  return others.map(([section, span]) => error('unsupported-section', `this installer cannot honour ${section}`, span));
}

/**
 * What keeps a loader's menu up to date is a part of the system: with that of systemd-boot, later updates would put it over GRUB;
 * without, no new kernel would ever start.
 */
function refuseLoader({ commands: { bootloader } }: KickstartModel, tree: RootTree): Diagnostic[] {
  const isAsked = bootloader?.sdboot === true;
  if (isAsked === startsBySystemdBoot(tree)) return [];
  return [
    isAsked
      ? error(
          'unsupported-loader',
          'bootloader --sdboot: the system on this medium is started by GRUB',
          bootloader.span,
          'Leave --sdboot out, or make the medium with the component systemd-boot.',
        )
      : error(
          'unsupported-loader',
          'the system on this medium is started by systemd-boot',
          bootloader?.span,
          'Say `bootloader --sdboot`.',
        ),
  ];
}

/** Values that only the system can tell right or wrong: better now than when half of it is on the disk. */
function refuseValues({ commands }: KickstartModel, tree: RootTree): Diagnostic[] {
  const { timezone, lang, services, user, sshkey } = commands;
  const zone = timezone?.timezone ?? '';
  const users = ['root', ...user.map(({ name }) => name ?? '')];
  return [
    ...(zone !== '' && !tree.hasTimeZone(zone)
      ? [error('unknown-time-zone', `timezone ${zone}: the system does not know it`, timezone?.span)]
      : []),
    ...(lang && !tree.hasLocale(lang.lang)
      ? [error('unknown-locale', `lang ${lang.lang}: the system does not have it`, lang.span)]
      : []),
    ...[...(services?.enabled ?? []), ...(services?.disabled ?? [])]
      .filter((unit) => !tree.hasUnit(unit))
      .map((unit) => error('unknown-unit', `services: there is no unit ${unit}`, services?.span)),
    ...user
      .filter(({ shell }) => shell !== undefined && shell !== '' && !tree.hasFile(shell))
      .map(({ shell, span }) => error('unknown-shell', `user --shell=${shell}: the system does not have it`, span)),
    ...user
      .filter(({ name }) => name !== undefined && tree.hasAccount(name))
      .map(({ name, span }) =>
        error('account-is-there', `user --name=${name}: the system has this account already`, span),
      ),
    ...sshkey
      .filter(({ username }) => username !== undefined && !users.includes(username) && !tree.hasAccount(username))
      .map(({ username, span }) =>
        error('unknown-account', `sshkey --username=${username}: there will be no such account`, span),
      ),
  ];
}
