import { type Check, failed, noFailedUnits, passed, reachedMultiUser } from '../checks/index.ts';
import type { Scenario } from './scenario.ts';

const clockMovedOn: Check = {
  id: 'clock-moved-on',
  title: 'the clock is put to a time that can be',
  proves:
    'The hardware clock says 2001: the system manager moves the clock to its own release, the journal is in order, and certificates of this decade are valid.',
  async run({ guest }) {
    const { stdout } = await guest.run(`date -u +%Y-%m-%dT%H:%M:%SZ
date -u -r /usr/lib/systemd/systemd +%Y-%m-%dT%H:%M:%SZ
journalctl -b -o cat --no-pager | grep -iE 'clock|time.*(epoch|advanc)' | head -n 8; true`);
    const evidence = stdout.trimEnd().split('\n');
    const year = Number(evidence[0]?.slice(0, 4));
    return year >= 2024
      ? passed(`the clock says ${evidence[0]}`, evidence)
      : failed(`the clock says ${evidence[0]}`, evidence);
  },
};

export const wrongClock: Scenario = {
  id: 'wrong-clock',
  title: 'a clock whose battery is empty',
  proves: 'A machine whose clock says 2001 starts without failures and with a time that can be.',
  topologies: ['wrong-clock'],
  checks: [reachedMultiUser, noFailedUnits, clockMovedOn],
};
