import { type Check, type CheckOutcome, failed, passed } from './check.ts';

/** What logind may do at each of these: nothing. */
const never = [
  'HandleLidSwitch',
  'HandleLidSwitchExternalPower',
  'HandleLidSwitchDocked',
  'HandleSuspendKey',
  'HandleHibernateKey',
  'IdleAction',
];
const powerKey = 'HandlePowerKey';
const file = '/usr/lib/systemd/logind.conf.d/50-phyllome-host.conf';

export const keysKeepGuests: Check = {
  id: 'keys-keep-guests',
  title: 'lid and keys do not stop guests',
  proves:
    'logind, asked on the bus, does nothing at a closed lid, at the suspend and hibernate keys and when nobody types; at the power key it does what the flavour says.',
  async run({ guest }) {
    const names = [...never, powerKey].join(' ');
    const { stdout } = await guest.run(
      `sed -n 's/^${powerKey}=/wanted /p' ${file}
for name in ${names}; do
  echo "$name $(busctl get-property org.freedesktop.login1 /org/freedesktop/login1 org.freedesktop.login1.Manager "$name")"
done`,
    );
    return judgeKeys(stdout.trim().split('\n'));
  },
};

/** Lines `NAME s "VALUE"`, as busctl prints them, and `wanted VALUE` of the power key. */
function judgeKeys(lines: readonly string[]): CheckOutcome {
  const values = new Map(
    lines.map((line) => [line.split(' ')[0] ?? '', line.split(' ').at(-1)?.replaceAll('"', '') ?? '']),
  );
  const wanted = new Map([
    ...never.map((name) => [name, 'ignore'] as const),
    [powerKey, values.get('wanted') ?? 'ignore'],
  ]);
  const wrong = [...wanted].filter(([name, value]) => values.get(name) !== value);
  return wrong.length === 0
    ? passed(`the power key: ${wanted.get(powerKey)}`, lines)
    : failed(
        wrong.map(([name, value]) => `${name} is ${values.get(name) ?? 'unknown'}, not ${value}`).join('; '),
        lines,
      );
}
