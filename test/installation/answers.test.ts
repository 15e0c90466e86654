import { check, parse } from 'kickstart-parser';
import { expect, test } from 'vitest';
import { findAnswers } from '../../scripts/installation/answers/find-answers.ts';
import { readAnswers } from '../../scripts/installation/answers/read-answers.ts';
import { findingsInWords } from '../../scripts/installation/findings-in-words.ts';
import { answersOf } from '../e2e/install/install-case.ts';
import { matrix } from '../e2e/install/matrix.ts';
import { FakeMachine } from './fake-machine.ts';
import { planFor, told } from './fixtures.ts';

const letIn = 'sshkey --username=root "ssh-ed25519 AAAA me"';

test.each([
  ['vnc', 'this installer cannot honour the command vnc'],
  [
    'user --name=ada --plaintext --password=x --uid=5 --homedir=/srv --shell=/bin/zsh',
    'user --shell=/bin/zsh: the system does not have it',
  ],
  ['user --name=daemon', 'user --name=daemon: the system has this account already'],
  ['sshkey --username=eve "ssh-ed25519 AAAA"', 'sshkey --username=eve: there will be no such account'],
  ['timezone Europe/Pris', 'timezone Europe/Pris: the system does not know it'],
  ['lang xx_XX.UTF-8', 'lang xx_XX.UTF-8: the system does not have it'],
  ['services --enabled=sshd', 'services: there is no unit sshd'],
  ['part / --onpart=vda1', 'this installer cannot honour --onpart of part'],
  ['firewall --enabled', 'firewall needs the package firewalld, which %packages does not list'],
  ['network --bootproto=static --ip=10.0.0.2', 'network --bootproto=static needs --ip and a valid --netmask'],
])('%s is refused before a disk is touched', (line, message) => {
  const planned = planFor([line, 'autopart', letIn]);
  expect(told(planned)).toContain(`1: ${message}`);
  expect(planned.installation).toBeUndefined();
});

test('sections that need an installer of another kind are refused at their lines', () => {
  const planned = planFor([
    'autopart',
    letIn,
    '%pre',
    'true',
    '%end',
    '%onerror',
    'true',
    '%end',
    '%addon com_redhat_kdump',
    '%end',
  ]);
  expect(told(planned)).toEqual([
    '3: this installer cannot honour %pre',
    '6: this installer cannot honour %onerror',
    '9: this installer cannot honour %addon',
  ]);
});

test('packages are held against the system on the medium', () => {
  const planned = planFor(['autopart', letIn, '%packages', 'systemd', 'emacs', '-chrony', '-vim', '@core', '%end']);
  expect(told(planned)).toEqual([
    '8: @core: this system knows no package groups',
    '5: emacs is not in the system on this medium',
    '6: chrony is in the system on this medium',
  ]);
  expect(told(planFor(['autopart', letIn, '%packages --ignoremissing --excludedocs', 'emacs', '%end']))).toEqual([]);
});

test('what Anaconda needs and means nothing here is accepted', () => {
  expect(
    told(
      planFor([
        'url --url=https://mirror.example/',
        'text --non-interactive',
        'zerombr',
        'clearpart --all --initlabel --disklabel=gpt',
        'autopart --noswap --nohome --nolvm',
        'bootloader --location=mbr --timeout=2',
        'firstboot --disable',
        'eula --agreed',
        'rootpw --lock',
        'timezone Europe/Paris --utc',
        letIn,
        'reboot --eject',
      ]),
    ),
  ).toEqual([]);
});

test('answers that let nobody in are told, and go on', () => {
  const planned = planFor(['autopart', 'user --name=ada']);
  expect(told(planned)).toEqual(['-: the answers let nobody in: no user with a password, no SSH key']);
  expect(planned.installation).toBeDefined();
});

test('included files are not followed, and nothing is guessed', () => {
  const { findings } = readAnswers('%include /tmp/disks\n%post\n%include more\n%end\n', 'a.ks');
  expect(findings.map(({ span, message }) => `${span?.start.line}: ${message}`)).toEqual([
    '1: this installer reads one file: %include is not followed',
    '3: this installer reads one file: %include is not followed',
  ]);
});

test('no word of a line with a passphrase is shown', () => {
  const { findings } = readAnswers(
    'part / --grow --encrypted --passphrase=correct horse\nuser --name=a --password=b c\nfoo\n',
    'a.ks',
  );
  expect(findingsInWords(findings).join('\n')).not.toMatch(/horse|: "?c"? /);
  expect(findings.length).toBe(3);
  expect(findingsInWords(findings)[4]).toMatch(/^a\.ks:3: error: .*foo/);
});

const named = (address: string) => ({ '/proc/cmdline': `quiet inst.ks=${address} ro` });

test('the boot entry names the answers, and then they must be there', () => {
  const find = (files: Record<string, string>, statuses = {}) => findAnswers(new FakeMachine(files, statuses));
  expect(find({})).toEqual({ kind: 'none' });
  expect(find({ ...named('file:/root/a.ks'), '/root/a.ks': 'lang C' })).toEqual({
    kind: 'found',
    text: 'lang C',
    name: 'file:/root/a.ks',
  });
  expect(find({ ...named('cdrom:/my/a.ks'), '/run/initramfs/live/my/a.ks': 'text' })).toMatchObject({ text: 'text' });
  expect(find({ ...named('file:/nowhere'), '/run/initramfs/live/answers.ks': 'other' })).toMatchObject({
    kind: 'unreachable',
  });
  expect(find(named('https://example.net/a.ks'), { curl: { status: 0, stdout: 'text' } })).toMatchObject({
    text: 'text',
  });
  expect(
    find(named('https://example.net/a.ks'), { curl: { status: 6, stderr: 'Could not resolve host' } }),
  ).toMatchObject({
    message: 'inst.ks=https://example.net/a.ks: Could not resolve host',
  });
  expect(find(named('nonsense'))).toMatchObject({ kind: 'unreachable', message: 'inst.ks=nonsense: not an address' });
});

test('then a credential, then a volume OEMDRV, then the medium', () => {
  const files: Record<string, string> = {
    '/run/credentials/@system/phyllome.answers': 'credential',
    '/dev/disk/by-label/OEMDRV': '',
    '/run/phyllome-installer/answers/ks.cfg': 'drive',
    '/run/initramfs/live/answers.ks': 'medium',
  };
  const found = () => findAnswers(new FakeMachine(files));
  expect(found()).toMatchObject({ text: 'credential', name: 'phyllome.answers' });
  delete files['/run/credentials/@system/phyllome.answers'];
  const machine = new FakeMachine(files);
  expect(findAnswers(machine)).toMatchObject({ text: 'drive', name: 'OEMDRV/ks.cfg' });
  expect(machine.ran.map(({ argv }) => argv[0])).toEqual(['mkdir', 'mount', 'umount']);
  delete files['/dev/disk/by-label/OEMDRV'];
  expect(found()).toMatchObject({ text: 'medium', name: 'answers.ks' });
});

test.each(matrix)('the answers of $name are taken by Anaconda, too', (one) => {
  const answers = answersOf(one);
  const found = check(parse(answers, { file: 'ks.cfg' }), { profile: 'anaconda' });
  expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
});
