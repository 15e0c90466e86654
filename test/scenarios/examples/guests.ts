import { bootSectorGreeting } from '../../../scripts/scenarios/boot-sector.ts';
import { manifestWith } from '../../checks/context.ts';
import type { Example } from '../../checks/examples/index.ts';

const greeting = `SeaBIOS\r\n${bootSectorGreeting}KVMKVMKVM\r\n`;
const emulatedGreeting = `SeaBIOS\r\n${bootSectorGreeting}TCGTCGTCG\r\n`;
const runs = 'State:          running\naccel=kvm\nemulator,id=tpm-tpm0\n1211 swtpm socket --tpm2\n';

/** A guest that says something, once or not at all, and what runs of it. */
const guest = (said: string | readonly string[], process: string): Example['says'] => [
  ['destroy', ''],
  ['min_timer_period_us', ''],
  ['AllowedCPUs', ''],
  ['phyllome-guest new', ''],
  ['dominfo', process],
  ['domstate', 'running (booted)\n'],
  ['-serial.log', said],
];

const user = 'phyllome-lab-user';
const session = `${user} /usr/bin/swtpm socket --ctrl type=unixio
${user} /usr/bin/qemu-system-x86_64 -name guest=phyllome-lab-session
emulator,id=tpm-tpm0,chardev=chrtpm
`;
const sessionGuest = (
  said: string,
  process: string,
  made: string | { readonly status: number; readonly stderr: string } = '',
): Example['says'] => [
  ['userdel', ''],
  ['useradd', ''],
  ['phyllome-guest new', made],
  ['ps -eo', process],
  ['domstate', 'running (booted)\n'],
  ['serial.log', said],
];

const doctor = (id: string, status: string, summary: string, advice: string): Example['says'] => [
  ['phyllome-doctor', JSON.stringify({ schema: 1, verdict: 'wrong', checks: [{ id, status, summary, advice }] })],
];

/** A doctor that finds something wrong, in these words and others. */
function doctorExamples(of: string, question: string, summary: string): Example[] {
  const ask = (status: string, words: string, advice: string, id = question) => doctor(id, status, words, advice);
  const good = 'switch it on in the firmware set-up';
  return [
    { of, when: 'it says so and what to do', says: ask('fail', summary, good), passes: `${summary}; ${good}` },
    { of, when: 'it warns', says: ask('warn', summary, good), passes: `${summary}; ${good}` },
    {
      of,
      when: 'a part of the question says so',
      says: ask('fail', summary, good, `${question}-amd`),
      passes: `${summary}; ${good}`,
    },
    ...['ok', 'skip'].map((status) => ({
      of,
      when: `the answer is ${status}`,
      says: ask(status, summary, good),
      fails: `it finds nothing wrong with ${question}`,
    })),
    {
      of,
      when: 'another question is wrong',
      says: ask('fail', summary, good, `no${question}`),
      fails: `it finds nothing wrong with ${question}`,
    },
    {
      of,
      when: 'it does not name the cause',
      says: ask('fail', 'something is odd', 'look'),
      fails: 'it says "something is odd; look"',
    },
    { of, when: 'it gives no advice', says: ask('fail', summary, ''), fails: 'it gives no advice' },
  ];
}

const asked = (answers: string): string => `${answers.split(' ').join('\n')}\n`;
const wanted = 'reached reached shut shut reached reached reached shut reached reached';

export const guestExamples: readonly Example[] = [
  {
    of: 'two-cables',
    when: 'the first card is the port',
    says: [
      ['wc -l', ''],
      ['basename', 'card enp1s0 br0\ncard enp2s0 none\naddress enp2s0\naddress br0\n'],
    ],
    passes: "enp1s0 is the port, enp2s0 the host's own",
  },
  {
    of: 'two-cables',
    when: 'both are ports: two networks became one',
    says: [
      ['wc -l', ''],
      ['basename', 'card enp1s0 br0\ncard enp2s0 br0\naddress br0\naddress virbr0\n'],
    ],
    fails: '2 of 2 cards are ports of br0',
  },
  {
    of: 'guest-networks',
    when: 'each network serves its guests and no more',
    says: [['net-define', asked(wanted)]],
    passes: 'all 10 answers are right',
  },
  {
    of: 'guest-networks',
    when: 'the firewall knows bridges called virbr only, and lets guests in',
    says: [['net-define', asked('shut shut reached reached shut shut shut shut reached shut')]],
    fails:
      "otherwise than wanted: an address from the network lab (bridge lab0); names from lab; this host's SSH from lab; this host's SSH, on its other address, from lab; a machine beyond the host from lab; names from the network yard (bridge yard0, routed); a guest on yard from outside; names from yard after the firewall was restarted",
  },
  {
    of: 'guest-networks',
    when: 'libvirt does not start a network',
    says: [['net-define', { status: 1, stderr: 'error: internal error\n' }]],
    fails: 'the networks could not be made',
  },
  {
    of: 'guests-at-boot',
    when: 'the host starts it',
    says: [
      ['pgrep', ''],
      ['autostart', ''],
      ['cmdline', 'qemu-system-x86_64 -name guest=phyllome-lab-marked\nvirbr0 UP\n'],
      ['-s /run/libvirt', ''],
      ['systemctl start', ''],
      ['undefine', ''],
    ],
    passes: 'it runs',
  },
  {
    of: 'guests-at-boot',
    when: 'a disk is started again, and nobody starts a unit',
    says: [
      ['pgrep', ''],
      ['autostart', ''],
      ['cmdline', 'qemu-system-x86_64 -name guest=phyllome-lab-marked\nvirbr0 UP\n'],
      ['-s /run/libvirt', ''],
      ['undefine', ''],
    ],
    boots: [{ id: 'settled', atMs: 100 }],
    manifest: { image: { ...manifestWith().image, kind: 'disk' } },
    passes: 'it runs',
  },
  {
    of: 'guests-at-boot',
    when: 'a daemon runs before anybody asked',
    says: [['pgrep', '812 /usr/sbin/libvirtd --timeout 120\n']],
    fails: 'the daemon runs without a reason',
  },

  ...doctorExamples('doctor-no-iommu', 'iommu', 'there is no IOMMU'),
  ...doctorExamples('doctor-no-virtualization', 'virtualization', 'the processor has no virtualisation'),
  {
    of: 'guest-by-kvm',
    when: 'it speaks, under KVM and with a TPM',
    says: guest(greeting, runs),
    passes: `it spoke 3 s after it was asked for: ${bootSectorGreeting}KVMKVMKVM`,
  },
  {
    of: 'guest-by-kvm',
    when: 'it needs a moment',
    says: guest(['', greeting], runs),
    passes: `it spoke 4 s after it was asked for: ${bootSectorGreeting}KVMKVMKVM`,
  },
  { of: 'guest-by-kvm', when: 'it says nothing', says: guest('', runs), fails: 'it did not speak within 2 s' },
  {
    of: 'guest-by-kvm',
    when: 'its processor is emulated',
    says: guest(emulatedGreeting, runs),
    fails: 'it did not speak within 2 s',
  },
  {
    of: 'guest-by-kvm',
    when: 'no TPM runs',
    says: guest(greeting, 'accel=kvm\n'),
    fails: 'no TPM runs beside it',
  },
  {
    of: 'guest-by-kvm-uefi',
    when: 'its boot manager speaks',
    says: guest('BdsDxe: loading Boot0001 "UEFI Misc Device"\r\n', runs),
    passes: 'it spoke 4 s after it was asked for: BdsDxe: loading Boot0001 "UEFI Misc Device"',
  },
  {
    of: 'guest-by-kvm-uefi',
    when: 'its boot manager does not',
    says: guest('SecCoreStartupWithStack\r\n', runs),
    fails: 'it did not speak within 9 s',
  },
  {
    of: 'session-guest',
    when: 'guest and TPM run as the user',
    says: sessionGuest(greeting, session),
    passes: 'it runs by KVM with a TPM 2.0, all of it as the user',
  },
  {
    of: 'session-guest',
    when: 'it cannot be made',
    says: sessionGuest('', '', { status: 1, stderr: 'no default network\n' }),
    fails: 'the guest could not be made',
  },
  { of: 'session-guest', when: 'it says nothing', says: sessionGuest('', session), fails: 'it did not speak' },
  {
    of: 'session-guest',
    when: 'its processor is emulated',
    says: sessionGuest(emulatedGreeting, session),
    fails: 'it did not speak',
  },
  {
    of: 'session-guest',
    when: 'no TPM runs',
    says: sessionGuest(greeting, session.split('\n').slice(1).join('\n')),
    fails: 'no TPM of the user runs beside it',
  },
  {
    of: 'session-guest',
    when: 'QEMU was given none',
    says: sessionGuest(greeting, session.split('\n').slice(0, 2).join('\n')),
    fails: 'QEMU has no TPM',
  },
];
