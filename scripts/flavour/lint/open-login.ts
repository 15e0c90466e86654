import type { Diagnostic, Span } from '../../diagnostic/index.ts';
import type { ResolvedFlavour } from '../model.ts';
import { opensLogin } from '../open-logins.ts';
import type { FlavourRule } from './rule.ts';

/** What a flavour says that means it. */
export const automaticLogin = 'automatic-login';

/**
 * Kernel arguments that start root's shell for whoever is at the keyboard: of systemd, of dracut, a shell in the place of init,
 * and rescue mode without its password.
 */
const ROOTS_SHELL =
  /^(?:(?:rd\.)?systemd\.debug[-_]shell(?:=(?:1|y|yes|t|true|on|\/dev\/.*|tty.*))?|rd\.break(?:=.*)?|(?:rd)?init=\S*\/(?:ba|da)?sh|SYSTEMD_SULOGIN_FORCE=(?:1|y|yes|t|true|on))$/;

/**
 * Whoever can reach the keyboard of a live system may have it: nothing of it stays. On a disk the same is a host that anybody
 * may change for good.
 */
export const openLoginOnDisk: FlavourRule = (flavour) => {
  const disks = flavour.kickstart.filter(({ command }) =>
    /^(?:part|partition|autopart|reqpart|logvol)\b/.test(command),
  );
  const disk = disks.find(({ command }) => /^part(?:ition)? \/(?:\s|$)/.test(command)) ?? disks[0];
  return disk ? openLogins(flavour, { message: 'it is put on a disk here', span: disk.at }) : [];
};

/** The same question of a flavour that is to be put on a disk, whatever it says itself. */
export function openLoginInstalled(flavour: ResolvedFlavour): readonly Diagnostic[] {
  return openLoginOnDisk(flavour).length > 0 ? [] : openLogins(flavour);
}

function openLogins(
  { files, units, kernelArguments, acknowledged }: ResolvedFlavour,
  disk?: { readonly message: string; readonly span: Span },
): readonly Diagnostic[] {
  if (acknowledged.some(({ value }) => value === automaticLogin)) return [];
  const ways: readonly { readonly what: string; readonly by: string; readonly at: Span }[] = [
    ...files
      .filter(({ path, content }) => 'text' in content && opensLogin(path, content.text))
      .map(({ path, by, at }) => ({ what: `\`${path}\` logs somebody in`, by, at })),
    ...units
      .filter(({ name, preset }) => name === 'debug-shell.service' && preset === 'enable')
      .map(({ name, by, at }) => ({ what: `\`${name}\` is a shell of root's`, by, at })),
    ...kernelArguments
      .filter(({ argument }) => ROOTS_SHELL.test(argument))
      .map(({ argument, by, at }) => ({ what: `\`${argument}\` opens a shell of root's`, by, at })),
  ];
  return ways.map(({ what, by, at }) => ({
    code: 'open-login-on-disk',
    severity: 'error',
    message: `${what} without a password (${by}), on a system that stays`,
    span: at,
    ...(disk && { related: [disk] }),
    hint: `leave one of the two out; a machine that only such people can reach says \`acknowledge: [${automaticLogin}]\` in its flavour`,
  }));
}
