import { type Check, failed, passed } from '../checks/index.ts';
import { startedFrom } from './medium.ts';
import type { Scenario } from './scenario.ts';

const refusesWrites: Check = {
  id: 'medium-refuses-writes',
  title: 'the medium is write-protected, and the system does not mind',
  proves:
    'The kernel sees a write-protected disk, files can be written all the same, and nothing complains of it in the journal.',
  async run({ guest }) {
    const { stdout } = await guest.run(`device=$(findmnt -nro SOURCE /run/initramfs/live)
disk=$(lsblk -nrspo NAME,TYPE "$device" | awk '$2 != "part" { print $1; exit }')
echo "read-only $(cat "/sys/class/block/$(basename "$disk")/ro")"
echo written > /etc/phyllome-lab-file && cat /etc/phyllome-lab-file && rm /etc/phyllome-lab-file
journalctl -b -p err -o cat --no-pager | grep -iE 'read-only|write.?protect|I/O error' ; true`);
    const evidence = stdout.trimEnd().split('\n');
    if (evidence[0] !== 'read-only 1') return failed('the medium is not write-protected', evidence);
    if (evidence[1] !== 'written') return failed('no file can be written', evidence);
    return evidence.length === 2 ? passed('nothing complains', evidence) : failed('the journal complains', evidence);
  },
};

export const readOnlyMedium: Scenario = {
  id: 'read-only-medium',
  title: 'a stick with its write protection on',
  proves: 'The system starts from a medium that refuses to be written to, and works.',
  topologies: ['usb-read-only'],
  needs: { image: ['live-iso'] },
  checks: [startedFrom('runs-from-read-only', 'a USB stick', /\/usb\d+\//), refusesWrites],
};
