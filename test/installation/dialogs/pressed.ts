import { expect } from 'vitest';
import { readAnswers } from '../../../scripts/installation/answers/read-answers.ts';
import type { RootTree } from '../../../scripts/installation/answers/root-tree.ts';
import type { Computer } from '../../../scripts/installation/computer/computer.ts';
import { askForAnswers } from '../../../scripts/installation/dialogs/ask-for-answers.ts';
import type { Around } from '../../../scripts/installation/dialogs/choices.ts';
import type { Medium } from '../../../scripts/installation/medium/medium.ts';
import { planInstallation } from '../../../scripts/installation/plan-installation.ts';
import { FakeMachine } from '../fake-machine.ts';
import { disk } from '../fixtures.ts';
import { type Key, ScriptedScreen } from './scripted-screen.ts';

const hash = '$6$salt$0123456789abcdef./';
export const sshKey = `ssh-ed25519 AAAA${'b'.repeat(64)} ada@home`;

export const medium: Medium = {
  title: 'Phyllome OS test',
  kernelArguments: [],
  menuTimeout: 3,
  rootBytes: 500 * 1024 ** 2,
  kernelVersion: '6.12.1-amd64',
  components: ['base', 'sudo-by-key'],
  computers: [],
  initramfs: { crypt: true, lvm: true, tpm2: true, btrfs: true, xfs: true },
};

export const tree: RootTree = {
  packages: new Set(['systemd', 'locales']),
  hasTimeZone: (name) => name === 'UTC' || name.startsWith('Europe/'),
  hasLocale: (name) => ['C.UTF-8', 'de_DE.UTF-8'].includes(name),
  hasUnit: () => true,
  hasFile: () => true,
  hasAccount: (name) => name === 'root' || name === 'daemon',
};

export const computer: Computer = {
  firmware: 'uefi',
  memoryMiB: 4096,
  hasTpm: true,
  disks: [
    disk('vda', { links: ['disk/by-id/virtio-ONE', 'disk/by-path/pci-1'], serial: 'ONE' }),
    disk('sda', { bus: 'usb', isMedium: true }),
    disk('sr0', { isReadOnly: true }),
  ],
};

export type FakeAround = Omit<Around, 'machine'> & { readonly machine: FakeMachine };

export function around(
  own: Partial<Omit<Around, 'machine'>> = {},
  ends: ConstructorParameters<typeof FakeMachine>[1] = {},
): FakeAround {
  const machine = new FakeMachine(
    {
      '/root/usr/share/zoneinfo/zone1970.tab':
        '# places\nFR\t+4852+00220\tEurope/Paris\nDE\t+5230+01322\tEurope/Berlin\n',
      '/root/etc/group': 'root:x:0:\nsudo:x:27:\nlibvirt:x:110:\n',
      '/sys/class/net/enp1s0/device': '',
    },
    { openssl: { stdout: `${hash}\n` }, find: { stdout: 'lo\nenp1s0\n' }, ...ends },
  );
  return { medium, tree, computer, root: '/root', dump: () => undefined, ...own, machine };
}

/** The plainest way through all questions. */
export const simple: readonly Key[] = [
  'C.UTF-8',
  'us',
  'vda',
  'ext4',
  false,
  'my-host',
  'dhcp',
  'UTC',
  'ada',
  'password',
  'correct horse',
  'correct horse',
  'install',
  'vda',
];

/** The answer file that comes of what is pressed once a language was chosen, and what was shown. */
export function press(keys: readonly Key[], at: Around = around(), language = 'en') {
  const screen = new ScriptedScreen([language, ...keys]);
  const asked = askForAnswers(screen, at);
  expect(screen.left).toEqual([]);
  return { screen, asked, lines: asked.kind === 'install' ? asked.answers.trimEnd().split('\n') : [] };
}

/** What the installer itself says of an answer file. */
export function findingsOf(answers: string, at: Around): readonly string[] {
  const { model, findings } = readAnswers(answers, 'x');
  const planned = planInstallation({ ...at, model, newUuid: () => '00000001-0000-4000-8000-000000000000' });
  return [...findings, ...planned.findings].map(({ message }) => message);
}
