import type { Example } from './example.ts';

const DEBIAN = 'PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nVERSION_ID="13"\nVERSION_CODENAME=trixie\nID=debian\n';
const says = (ours: string) => [['/etc/os-release', `${ours}\n${DEBIAN}`]] as const;

export const systemNameExamples: readonly Example[] = [
  {
    of: 'system-name',
    when: 'name and version are ours, the id the distribution’s',
    says: says('VERSION_ID="13"\nVERSION_CODENAME=trixie\nID=debian\nPRETTY_NAME="Phyllome OS headless 0.2.0"\n'),
    passes: 'Phyllome OS headless 0.2.0',
  },
  {
    of: 'system-name',
    when: 'an update put the distribution’s own back',
    says: says(DEBIAN),
    fails: 'the system calls itself “Debian GNU/Linux 13 (trixie)”',
  },
  {
    of: 'system-name',
    when: 'the distribution has moved on, and one value is not there',
    says: says('VERSION_ID="12"\nID=debian\nPRETTY_NAME="Phyllome OS headless 0.2.0"\n'),
    fails: 'VERSION_ID is 12, and the distribution’s 13; VERSION_CODENAME is missing, and the distribution’s trixie',
  },
];
