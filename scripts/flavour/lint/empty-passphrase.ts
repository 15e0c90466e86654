import type { Diagnostic } from '../../diagnostic/index.ts';
import type { ResolvedCommand } from '../model.ts';
import type { FlavourRule } from './rule.ts';

/**
 * An unattended installer has nobody to ask: without a passphrase it stops, or encrypts with an empty one. Only a kickstart
 * that leaves disks alone until a person chooses one may leave the passphrase to that person as well.
 */
export const emptyPassphrase: FlavourRule = ({ kickstart, unattended }) => {
  const wipes = kickstart.some(({ command }) => /^(?:zerombr|clearpart|autopart)\b/.test(command));
  return withoutPassphrase(kickstart)
    .filter(({ command }) => wipes || unattended?.value === true || /\s--passphrase\b/.test(command))
    .map(nobodyAsked);
};

/** The same question of an installation that is unattended whatever the flavour says. */
export function encryptedUnattended(kickstart: readonly ResolvedCommand[]): readonly Diagnostic[] {
  return withoutPassphrase(kickstart).map(nobodyAsked);
}

function withoutPassphrase(kickstart: readonly ResolvedCommand[]): readonly ResolvedCommand[] {
  return kickstart.filter(
    ({ command }) => /\s--encrypted\b/.test(command) && !/\s--passphrase=["']?[^\s"']/.test(command),
  );
}

function nobodyAsked({ at }: ResolvedCommand): Diagnostic {
  return {
    code: 'empty-passphrase',
    severity: 'error',
    message: 'disks are to be encrypted with no passphrase, and nobody is asked for one',
    span: at,
    hint: 'encrypt in an installation where a person is asked, without `unattended`, `zerombr`, `clearpart` and `autopart`',
  };
}
