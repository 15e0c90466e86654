import { expect, test } from 'vitest';
import { readAnswers } from '../../../scripts/installation/answers/read-answers.ts';
import { askForAnswers } from '../../../scripts/installation/dialogs/ask-for-answers.ts';
import { disk } from '../fixtures.ts';
import { around, computer, findingsOf, medium, press, simple, sshKey, tree } from './pressed.ts';
import { esc, interrupt, type Key, ScriptedScreen } from './scripted-screen.ts';

test('the plainest way through is an answer file that the installer takes', () => {
  const at = around();
  const { asked, lines } = press(simple, at);
  expect(lines).toEqual([
    '# Made by the dialogs of Phyllome OS test.',
    'lang C.UTF-8',
    'keyboard --vckeymap=us --xlayouts=us',
    'timezone UTC --utc',
    'ignoredisk --only-use=disk/by-id/virtio-ONE',
    'clearpart --all --drives=disk/by-id/virtio-ONE',
    'autopart --type=plain --fstype=ext4',
    'network --bootproto=dhcp --hostname=my-host',
    'rootpw --lock',
    'user --name=ada --groups=sudo,libvirt --iscrypted "--password=$6$salt$0123456789abcdef./"',
    'reboot --eject',
  ]);
  expect(asked.kind === 'install' && findingsOf(asked.answers, at)).toEqual([]);
  // The password went to openssl by its input, and nowhere else.
  expect(at.machine.ran.filter(({ argv }) => argv.join(' ').includes('horse'))).toEqual([]);
  expect(at.machine.ran.find(({ argv }) => argv[0] === 'openssl')?.stdin).toBe('correct horse\n');
});

const passphrase = 'say "please" \\ #1';
const everything: readonly Key[] = [
  ...['de_DE.UTF-8', 'de', 'vda', 'lvm', true, passphrase, passphrase, true, 'vm.example.org'],
  ...['static', '192.0.2.10/23', '192.0.2.1', '192.0.2.53, 198.51.100.1', 'Europe', 'Europe/Berlin'],
  ...['ada', 'both', 'typed', sshKey, 'correct horse', 'correct horse', 'install', 'vda'],
];

test('everything that can be asked is in it, and the installer takes that, too', () => {
  const at = around();
  const { asked, lines, screen } = press(everything, at);
  expect(lines).toEqual(
    expect.arrayContaining([
      'lang de_DE.UTF-8',
      'keyboard --vckeymap=de-latin1 --xlayouts=de',
      'timezone Europe/Berlin --utc',
      'bootloader --append=rd.luks.options=tpm2-device=auto',
      'network --bootproto=static --device=enp1s0 --ip=192.0.2.10 --netmask=255.255.254.0 --gateway=192.0.2.1 --nameserver=192.0.2.53,198.51.100.1 --hostname=vm.example.org',
      `sshkey --username=ada "${sshKey}"`,
    ]),
  );
  if (asked.kind !== 'install') throw new Error('nothing is installed');
  expect(findingsOf(asked.answers, at)).toEqual([]);
  expect(readAnswers(asked.answers, 'x').model.commands.autopart).toMatchObject({ type: 'lvm', passphrase });
  const summary = screen.shown.find(({ title }) => title === 'Summary')?.text ?? '';
  expect(summary).toContain('vda: 20.0 GiB, virtio, serial ONE; holds nothing known');
  expect(summary).toContain('encrypted, opened by the TPM or its passphrase');
  expect(summary).toContain('ada, with a password and 1 SSH key');
  expect(summary).not.toMatch(/please|horse|\$6\$/);
});

test('the medium and what cannot be written are shown with the reason, and cannot be chosen', () => {
  const { screen } = press(simple);
  const shown = screen.shown.find(({ title }) => title === 'Disk');
  expect(shown?.items).toEqual(['vda 20.0 GiB virtio serial ONE']);
  expect(shown?.text).toContain('vda holds nothing known.');
  expect(shown?.text).toContain('Not sda 20.0 GiB usb: this system runs from it.');
  expect(shown?.text).toContain('Not sr0 20.0 GiB virtio: it cannot be written.');
  const none = press(
    [...simple.slice(0, 2), esc, esc, esc, 'poweroff'],
    around({ computer: { ...computer, disks: [] } }),
  );
  expect(none.screen.shown.map(({ text }) => text)).toContain('This computer has no disk.');
  expect(none.asked).toEqual({ kind: 'leave', to: 'poweroff' });
});

test('what is on a disk is said before it is chosen, however many there are', () => {
  const held = {
    name: 'x1',
    kind: 'part',
    sizeBytes: 1,
    content: 'ntfs',
    label: 'Windows',
    partitionType: '',
    mountPoints: [],
  };
  const disks = (count: number) =>
    Array.from({ length: count }, (_, index) => disk(`vd${'abcdefgh'[index]}`, { table: 'gpt', holds: [held] }));
  const shown = (count: number) => {
    const at = around({ computer: { ...computer, disks: disks(count) } });
    return press(simple, at).screen.shown.find(({ title }) => title === 'Disk');
  };
  expect(shown(2)?.text).toContain('vdb holds a GPT table with ntfs "Windows".');
  expect(shown(8)?.items).toContain('vdh 20.0 GiB virtio; holds a GPT table with ntfs "Windows"');
});

test('of two disks of one model the serial numbers can be read to their ends', () => {
  const model = 'Samsung SSD 980 PRO with a very long name 1TB';
  const disks = ['S5GXNF0R123456', 'S5GXNF0R123457'].map((serial, index) =>
    disk(`nvme${index}n1`, { bus: 'nvme', model, serial }),
  );
  const keys: Key[] = [...simple];
  for (const at of [2, keys.length - 1]) keys[at] = 'nvme0n1';
  const { screen } = press(keys, around({ computer: { ...computer, disks } }));
  const items = screen.shown.find(({ title }) => title === 'Disk')?.items ?? [];
  for (const item of items) expect(item.length).toBeLessThanOrEqual(67);
  expect(items.map((item) => item.split(' ').at(-1))).toEqual(['S5GXNF0R123456', 'S5GXNF0R123457']);
  expect(items[0]).toMatch(/^nvme0n1 20\.0 GiB nvme Samsung .*\.\.\. serial S5GXNF0R123456$/);
});

test('Esc goes back by one question, which has what was chosen there', () => {
  const { screen, lines } = press([...simple.slice(0, 3), 'btrfs', false, esc, esc, esc, 'vda', ...simple.slice(3)]);
  const layouts = screen.shown.filter(({ title }) => title === 'Layout').map(({ initial }) => initial);
  expect(layouts).toEqual(['ext4', 'btrfs', 'btrfs']);
  expect(lines).toContain('autopart --type=plain --fstype=ext4');
});

test.each(['shell', 'reboot', 'poweroff'])('Esc at the first question asks how to leave: %s', (to) => {
  expect(press([esc, esc, 'again', esc, to]).asked).toEqual({ kind: 'leave', to });
});

test.each<[string, readonly Key[]]>([
  ['a signal', [interrupt]],
  ['Esc, and a signal at what is asked then,', [esc, interrupt]],
])('%s at each question leaves, and nothing was written', (_, keys) => {
  const harmless = ['find', 'openssl', 'curl', 'loadkeys', 'ssh-keygen'];
  for (const way of [simple, everything]) {
    for (let count = 0; count < way.length; count += 1) {
      const at = around();
      expect(press([...way.slice(0, count), ...keys], at).asked).toEqual({ kind: 'leave', to: 'shell' });
      expect(at.machine.written.size).toBe(0);
      expect(at.machine.ran.map(({ argv }) => argv[0] ?? '').filter((name) => !harmless.includes(name))).toEqual([]);
    }
  }
});

test('Esc at every question in turn ends in the choice of how to leave', () => {
  for (let count = 0; count < 9; count += 1) {
    const backs: readonly Key[] = Array.from({ length: count + 2 }, () => esc);
    const screen = new ScriptedScreen(['en', ...simple.slice(0, count), ...backs, 'shell']);
    expect(askForAnswers(screen, around())).toEqual({ kind: 'leave', to: 'shell' });
  }
});

test('another name than the disk’s wipes nothing', () => {
  const { screen } = press([...simple.slice(0, -1), 'vdb', 'install', esc, 'install', 'vda']);
  const asked = screen.shown.filter(({ title }) => title === 'Wipe the disk').map(({ kind }) => kind);
  expect(asked).toEqual(['line', 'tell', 'line', 'line']);
});

test('what is typed wrong is asked again, with what is wrong', () => {
  const { screen, lines } = press([
    ...simple.slice(0, 4),
    ...[true, 'short', 'pässword1', 'long enough', 'other than that', 'long enough', 'long enough', false],
    ...['my_host', 'MY-HOST'],
    ...['static', '192.0.2.300/24', '192.0.2.3/24', 'x', '', 'one', '', 'UTC'],
    ...['Ada', 'daemon', 'ada', 'key', 'typed', 'ssh-ed25519 short'],
    ...['typed', '-----BEGIN OPENSSH PRIVATE KEY-----', 'typed', sshKey, 'install', 'vda'],
  ]);
  const texts = screen.shown.map(({ text }) => text).join('\n');
  for (const words of [
    'It needs at least 8 characters.',
    'Only letters without accents',
    'The two were not the same.',
    'Letters of the English alphabet',
    'An IPv4 address, a slash and a number from 1 to 32.',
    'An IPv4 address, or nothing.',
    'IPv4 addresses with blanks',
    'Small letters, digits, - and _',
    'The system has an account daemon of its own.',
    'Line 1 is no public key',
    'This is a private key: it stays where it is.',
  ]) {
    expect(texts).toContain(words);
  }
  expect(lines).toContain(
    'network --bootproto=static --device=enp1s0 --ip=192.0.2.3 --netmask=255.255.255.0 --hostname=my-host',
  );
  expect(lines).toContain('user --name=ada --groups=sudo,libvirt');
});

test('only what this system and this computer can do is asked', () => {
  const lean = around({
    medium: {
      ...medium,
      components: ['base', 'network-bridge'],
      initramfs: { crypt: false, lvm: false, tpm2: false, btrfs: false, xfs: false },
    },
    tree: { ...tree, packages: new Set(), hasLocale: (name) => name === 'C.UTF-8' },
    root: '/elsewhere',
  });
  const keys = ['us', 'vda', 'my-host', 'ada', 'password', 'correct horse', 'correct horse', 'install', 'vda'];
  const { screen, lines } = press(keys, lean);
  expect([...new Set(screen.shown.map(({ title }) => title))]).toEqual([
    'Language, Sprache, Langue',
    'Keyboard',
    'Disk',
    'Name',
    'Administrator',
    'Password of ada',
    'Summary',
    'Wipe the disk',
  ]);
  // A key alone is of use only where sudo asks such people for nothing.
  const ways = screen.shown.find(({ text }) => text === 'How does ada log in?')?.items ?? [];
  expect(ways.map((way) => way.split(' ')[0])).toEqual(['password', 'both']);
  expect(lines).toContain('user --name=ada --groups=wheel --iscrypted "--password=$6$salt$0123456789abcdef./"');
});

test('a key comes from an address, where there is curl, and only by https', () => {
  const at = around({}, { curl: { stdout: `${sshKey}\n` } });
  const addresses = ['address', 'http://example.org/k', 'address', 'https://example.org/ada.keys'];
  const { lines } = press([...simple.slice(0, 9), 'key', ...addresses, 'install', 'vda'], at);
  expect(lines).toContain(`sshkey --username=ada "${sshKey}"`);
  const fetched = at.machine.ran
    .map(({ argv }) => argv)
    .filter(([name, first]) => name === 'curl' && first === '--fail');
  expect(fetched.map((argv) => argv.at(-1))).toEqual(['https://example.org/ada.keys']);
  const without = press([...simple.slice(0, 9), 'both', esc, esc, interrupt], around({}, { curl: { status: 127 } }));
  const sources = without.screen.shown.find(({ title }) => title === 'SSH key')?.items ?? [];
  expect(sources.map((source) => source.split(' ')[0])).toEqual(['volume', 'typed']);
});

test('a keyboard that the console cannot have now is told, as passwords are typed', () => {
  const at = around({}, { loadkeys: { status: 1 } });
  const { screen } = press(['C.UTF-8', 'de', ...simple.slice(2)], at);
  expect(screen.shown.filter(({ title }) => title === 'Keyboard').at(-1)?.text).toContain('those of a US keyboard');
});
