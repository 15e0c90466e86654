import type { FlavourRule } from './rule.ts';

/** An unattended installer has nobody to ask: without a passphrase it stops, or encrypts with an empty one. */
export const emptyPassphrase: FlavourRule = ({ kickstart }) =>
  kickstart
    .filter(({ command }) => /\s--encrypted\b/.test(command) && !/\s--passphrase=["']?[^\s"']/.test(command))
    .map(({ at }) => ({
      code: 'empty-passphrase',
      severity: 'error',
      message: 'disks are to be encrypted with no passphrase',
      span: at,
      hint: 'give one that the first boot changes, as an option of the component',
    }));
