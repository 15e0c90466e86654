import { type Check, failed, passed } from '../checks/index.ts';
import type { Scenario } from './scenario.ts';

const filler = '/var/phyllome-lab-filler';

/** Asks of a host that has no byte left on /var what it must still be able to do. */
const questions = `echo "free $(df --output=avail -k /var | tail -n 1 | tr -d ' ')"
logger -t phyllome-lab 'a line while the disk is full'; sleep 1
echo "journal $(journalctl -b -t phyllome-lab -o cat --no-pager -q | grep -c 'disk is full')"
systemctl daemon-reload && echo 'manager 0' || echo 'manager 1'
systemctl restart systemd-logind.service && echo 'restart 0' || echo 'restart 1'
systemctl list-units --failed --plain --no-legend | awk '{ print "failed", $1 }'`;

const worksWhenFull: Check = {
  id: 'full-var',
  title: 'a full /var does not bring the host down',
  proves:
    'With not a byte free on /var the journal takes lines, services restart and no unit fails; when there is space again the system is as it was.',
  changesState: true,
  async run({ guest }) {
    // The last blocks are taken one by one; a reserve for root is taken too.
    await guest.run(
      `size=$(df --output=avail -m /var | tail -n 1 | tr -d ' '); fallocate -l "\${size}M" ${filler} 2>/dev/null || dd if=/dev/zero of=${filler} bs=1M status=none 2>/dev/null
dd if=/dev/zero of=${filler}2 bs=4k status=none 2>/dev/null; sync; true`,
      { timeoutSeconds: 120 },
    );
    const { stdout } = await guest.run(questions, { timeoutSeconds: 60 });
    await guest.run(['rm', '-f', filler, `${filler}2`]);
    const after = await guest.run('echo x > /var/tmp/phyllome-lab && systemctl is-system-running', {
      allowFailure: true,
    });
    const evidence = [...stdout.trimEnd().split('\n'), `afterwards: ${after.stdout.trim()}`];
    const said = (line: string) => evidence.includes(line);
    const problems = [
      ...(Number(/^free (\d+)$/m.exec(stdout)?.[1] ?? Infinity) < 64 ? [] : ['/var could not be filled']),
      ...(/^journal [1-9]/m.test(stdout) ? [] : ['the journal took no line']),
      ...(said('manager 0') ? [] : ['the system manager could not be reloaded']),
      ...(said('restart 0') ? [] : ['a service could not be restarted']),
      ...evidence.filter((line) => line.startsWith('failed ')),
      ...(after.stdout.trim() === 'running' ? [] : [`afterwards the system is ${after.stdout.trim()}`]),
    ];
    return problems.length === 0 ? passed('it goes on, and recovers', evidence) : failed(problems.join('; '), evidence);
  },
};

export const fullVar: Scenario = {
  id: 'full-var',
  title: '/var is full',
  proves: 'A host whose disk has run full can still be worked on, and is well again when there is space.',
  topologies: ['default'],
  checks: [worksWhenFull],
};
