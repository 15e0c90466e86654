import { channels, release } from '../channels/index.ts';
import {
  choice,
  count,
  flag,
  operand,
  operands,
  option,
  optionOr,
  options,
  text,
  unknownValue,
  type Value,
  type Values,
} from '../command-line/index.ts';
import type { Context } from '../context/index.ts';
import { UsageError } from '../diagnostic/index.ts';
import { readPublicKey } from '../signing/index.ts';
import { namedSigningKey, signingOptions } from './signing-options.ts';

const percent: Value<number> = {
  name: 'percent',
  read: (given, as) => {
    if (/^(?:\d{1,2}|100)$/.test(given)) return Number(given);
    throw unknownValue(as, given, 'a share of hosts in percent, from 0 to 100');
  },
};

/** On one line of the index, and on hosts' screens. */
const reason: Value<string> = {
  name: 'text',
  read: (given, as) => {
    if (/^[^\p{C}\s][^\p{C}]{0,199}$/u.test(given)) return given.replaceAll(/\s+/gu, ' ').trimEnd();
    throw unknownValue(as, given, 'one line of at most 200 characters');
  },
};

/** Hosts believe an index for a month: long enough for a holiday, short enough that one that is held back is noticed. */
const USUAL_DAYS = 30;

export const name = 'release';
export const help = {
  summary: 'make the directory that hosts fetch, of images that were signed and passed their tests',
  more: 'any web server, directory or stick will do for it; without BUILD or --withdraw it renews the index, which hosts believe for some time only',
};
export const flags = {
  directory: operand(text('directory', 'directories'), 'what hosts fetch; made where it is not there yet'),
  builds: operands(
    text('build', 'directories'),
    'what `build` published and `sign` signed after its tests, or a release in that directory, for more hosts or another channel',
  ),
  channel: optionOr(choice('channel', channels), 'who is offered them', 'stable'),
  fraction: option(
    percent,
    'the share of hosts that are offered them; each host finds out whether it belongs to it, and stays in while it grows',
    { usually: '100' },
  ),
  withdraw: options(text('release'), 'offer it no more, and tell hosts that run it'),
  reason: option(reason, 'why, for those hosts'),
  days: option(count('days'), 'so long hosts believe the index', { usually: String(USUAL_DAYS) }),
  ...signingOptions,
  previousKey: option(text('key', 'files'), 'the public key that signed the index so far, where it was another one'),
  dryRun: flag('tell what would be published, and write nothing'),
};
export const startsPrograms = true;

/** Publishes releases. */
export async function run(options: Values<typeof flags>, context: Context): Promise<void> {
  const { directory, builds, channel, fraction, withdraw = [], reason, days = USUAL_DAYS, previousKey } = options;
  if (withdraw.length > 0 !== (reason !== undefined)) {
    throw usage(
      reason === undefined ? 'hosts are told why a release was withdrawn' : '--reason is for what is withdrawn',
      '--withdraw RELEASE --reason TEXT',
    );
  }
  if (fraction !== undefined && builds.length === 0) {
    throw usage('--fraction is for releases, and none is named', `phyllome release ${directory} BUILD --fraction 50`);
  }
  const key = await namedSigningKey(options);
  if (key === undefined) throw usage('hosts take no index that is not signed', 'Name the key: --signing-key FILE.');
  await release(
    {
      directory,
      builds,
      channel,
      percent: fraction ?? 100,
      withdraw: withdraw.map((name) => ({ name, reason: reason ?? '' })),
      days,
      key,
      previousKey: previousKey === undefined ? undefined : readPublicKey(previousKey),
      isDryRun: options.dryRun === true,
    },
    context,
  );
}

function usage(message: string, hint: string): UsageError {
  return new UsageError({ code: 'usage', severity: 'error', message, hint });
}
