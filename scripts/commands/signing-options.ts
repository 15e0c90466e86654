import { option, text, type Values } from '../command-line/index.ts';
import { UsageError } from '../diagnostic/index.ts';
import { passwordPrompt, type SigningKey, unlockKey } from '../signing/index.ts';

/** Of verbs that sign. */
export const signingOptions = {
  signingKey: option(
    text('file', 'files'),
    'a secret key of minisign that only you may read (also: PHYLLOME_SIGNING_KEY)',
  ),
  passwordFile: option(
    text('file', 'files'),
    'its first line is the password of that key, also /dev/fd/3; asked for when absent (also: PHYLLOME_SIGNING_PASSWORD_FILE)',
  ),
};

/**
 * The key that the command line or the environment names; undefined where none is.
 * @throws UsageError for the password of no key; ReportedError where it is none, or the password is wrong; Interrupted
 */
export async function namedSigningKey(
  { signingKey, passwordFile }: Values<typeof signingOptions>,
  env: NodeJS.ProcessEnv = process.env,
): Promise<SigningKey | undefined> {
  const file = signingKey ?? nonEmpty(env.PHYLLOME_SIGNING_KEY);
  if (file === undefined) {
    if (passwordFile === undefined) return undefined;
    const message = '--password-file is for the password of a key, and none is named';
    throw new UsageError({ code: 'unused-option', severity: 'error', message, hint: 'Name it: --signing-key FILE.' });
  }
  const ask = passwordPrompt(process.stdin, process.stderr);
  return unlockKey(file, { file: passwordFile ?? nonEmpty(env.PHYLLOME_SIGNING_PASSWORD_FILE), ask });
}

const nonEmpty = (value: string | undefined) => (value === '' ? undefined : value);
