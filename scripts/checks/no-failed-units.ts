import { type AnyImageCheck, failed, passed } from './check.ts';

export const noFailedUnits: AnyImageCheck = {
  id: 'no-failed-units',
  title: 'no unit failed',
  proves: 'No unit of the system manager is in the failed state once the boot is over.',
  core: true,
  async run({ guest }) {
    const { stdout } = await guest.run('systemctl list-units --failed --plain --no-legend');
    const units = stdout
      .split('\n')
      .map((line) => line.trim().split(/\s+/)[0] ?? '')
      .filter((name) => name !== '');
    if (units.length === 0) return passed('no failed unit');
    const logs = await guest.run(
      units.map((unit) => `echo '== ${unit}'; journalctl -b -u '${unit}' -n 8 -o cat --no-pager`).join('\n'),
      { allowFailure: true },
    );
    return failed(`failed: ${units.join(', ')}`, logs.stdout.trimEnd().split('\n'), { units });
  },
};
