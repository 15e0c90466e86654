import { parse } from 'kickstart-parser';
import { expect, test } from 'vitest';
import { nameAndWords } from '../../scripts/explain/command-names.ts';

test.each([
  ['lang C.UTF-8', 'lang', 'C.UTF-8'],
  ['part /boot --fstype=ext4', 'part /boot', '--fstype=ext4'],
  ['part --fstype=ext4 /boot', 'part /boot', '--fstype=ext4'],
  ['logvol / --vgname=main --name=root', 'logvol /', '--vgname=main --name=root'],
  ['repo --name=more --baseurl=http://a.example', 'repo more', '--baseurl=http://a.example'],
  ['sshkey --username=ada "ssh-ed25519 AAAA ada"', 'sshkey ada', 'ssh-ed25519 AAAA ada'],
  ['user --name=ada --iscrypted --password=$6$x', 'user ada', '--iscrypted --password=…'],
  ['bootloader --location=none --append="a b"', 'bootloader', '--location=none'],
  ['part', 'part', ''],
])('%s', (line, name, words) => {
  const [node] = parse(`${line}\n`).nodes;
  if (node?.kind !== 'command') throw new Error('it is a command');
  expect(nameAndWords(node)).toEqual([name, words]);
});
