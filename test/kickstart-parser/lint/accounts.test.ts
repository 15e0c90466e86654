import { expect, test } from 'vitest';
import { places } from './findings.ts';

test('mandatory-account: a locked root or a user in wheel is enough', () => {
  expect(places('mandatory-account', 'rootpw --lock\n')).toEqual([]);
  expect(places('mandatory-account', 'user --name=a --groups=wheel\n')).toEqual([]);
  expect(places('mandatory-account', 'user --name=a --groups=video\n')).toEqual(['1:1']);
});

test('mandatory-account: what may stand in a file that is not read is not missed', () => {
  expect(places('mandatory-account', 'lang C\n%include /tmp/users.ks\n%pre\necho > /tmp/users.ks\n%end\n')).toEqual([]);
  expect(places('mandatory-account', 'lang C\n%post\n%include /tmp/script\n%end\n')).toEqual(['1:1']);
});

test('plaintext-password: at the option or the line, hashes and keys excepted', () => {
  const text = [
    'rootpw secret',
    'rootpw --iscrypted $6$x$y',
    'user --name=a --password=b',
    'user --name=b --password=$6$x --iscrypted',
    'sshpw --username=c --sshkey ssh-ed25519 AAAA',
    'bootloader --password=grub.pbkdf2.sha512.10000.AA',
  ].join('\n');
  expect(places('plaintext-password', text)).toEqual(['3:15']);
  expect(places('plaintext-password', 'bootloader --password=x\n')).toEqual(['1:12']);
});

test('empty-passphrase: at the option', () => {
  expect(places('empty-passphrase', "part / --size=1 --encrypted --passphrase=''\n")).toEqual(['1:29']);
  expect(places('empty-passphrase', 'autopart --encrypted --passphrase=x\n')).toEqual([]);
});
