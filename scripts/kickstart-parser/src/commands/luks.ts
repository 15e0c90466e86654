import type { CommandInput } from './behaviour.ts';
import { flag, plain, quoted } from './canonical-line.ts';

/** The options all commands that encrypt have in common. */
interface LuksValue {
  readonly encrypted: boolean;
  readonly passphrase?: string;
  readonly escrowcert?: string;
  readonly backuppassphrase: boolean;
  readonly cipher?: string;
  readonly luksVersion: string;
  readonly pbkdf: string;
  readonly pbkdfMemory: number;
  readonly pbkdfTime: number;
  readonly pbkdfIterations: number;
  readonly hwPassphrase?: string;
}

/** Checks what the encryption options demand of each other. */
export function checkLuks(value: LuksValue, input: CommandInput): void {
  if (value.pbkdfTime && value.pbkdfIterations) {
    input.reject('--pbkdf-time and --pbkdf-iterations exclude each other', 'pbkdfIterations');
  }
  if (!value.hwPassphrase) return;
  if (!value.encrypted) input.reject('--hw-passphrase needs --encrypted', 'hwPassphrase');
  else if (!value.luksVersion.startsWith('luks2-')) {
    input.reject('--hw-passphrase needs --luks-version=luks2-hw-opal or luks2-hw-opal-only', 'hwPassphrase');
  }
}

/** The secrets and the certificate; nothing when the device is not encrypted. */
export function luksSecrets(value: LuksValue): string[] {
  if (!value.encrypted) return [];
  return [
    '--encrypted',
    quoted('--passphrase', value.passphrase),
    quoted('--escrowcert', value.escrowcert),
    flag('--backuppassphrase', value.backuppassphrase && Boolean(value.escrowcert)),
  ];
}

/** The cipher; nothing when the device is not encrypted. */
export function luksCipher(value: LuksValue): string {
  return value.encrypted ? quoted('--cipher', value.cipher) : '';
}

/** Key derivation; nothing when the device is not encrypted. */
export function luksKeys(value: LuksValue): string[] {
  if (!value.encrypted) return [];
  return [
    plain('--luks-version', value.luksVersion),
    plain('--pbkdf', value.pbkdf),
    plain('--pbkdf-memory', value.pbkdfMemory),
    plain('--pbkdf-time', value.pbkdfTime),
    plain('--pbkdf-iterations', value.pbkdfIterations),
  ];
}
