import { expect, test } from 'vitest';
import { ReportedError } from '../../../scripts/diagnostic/index.ts';
import { plan, planText } from './fixtures.ts';

function refused(run: () => unknown) {
  try {
    run();
  } catch (error) {
    if (error instanceof ReportedError)
      return error.diagnostics.map((one) => `${one.span?.start.line ?? '-'} ${one.code}`);
    throw error;
  }
  return [];
}

test.each([
  ['part / --size=100 --grow', '1 unsupported-option'],
  ['zerombr', '1 unsupported-command'],
  ['mount /dev/sda1 /', '1 unsupported-command'],
  ['selinux --enforcing', '1 unsupported-command'],
  ['network --essid=x', '1 unsupported-option'],
  ['firewall --enabled', '1 firewall-without-firewalld'],
  ['lang en_GB.UTF-8', '1 locale-without-package'],
  ['timesource --ntp-server=a', '1 timesource-without-chrony'],
  ['network --bootproto=static --ip=10.0.0.1', '1 network-static-incomplete'],
  ['network --bootproto=static --ip=10.0.0.1 --netmask=255.0.255.0', '1 network-static-incomplete'],
  ['repo --name=other --baseurl=http://x', '1 unknown-repository'],
  ['%pre\necho\n%end', '1 unsupported-section'],
  ['%addon com_redhat_kdump --disable\n%end', '1 unsupported-section'],
])('%s is refused before anything starts', (line, expected) => {
  expect(refused(() => plan(line.split('\n')))).toEqual([expected]);
});

test.each([
  ['@core', 'unsupported-group'],
  ['@^server-product-environment', 'unsupported-group'],
  ['qemu*', 'unsupported-package-name'],
])('%%packages %s is refused', (entry, code) => {
  expect(refused(() => planText(`url --url=http://m\n%packages\n${entry}\n%end`))).toEqual([`3 ${code}`]);
});

test('all that is wrong is told at once', () => {
  const text = 'zerombr\nclearpart --all\n%packages --ignoremissing\nbash\n%end';
  expect(refused(() => planText(text)).sort()).toEqual([
    '- no-package-source',
    '1 unsupported-command',
    '2 unsupported-command',
    '3 unsupported-option',
  ]);
});

test('no %packages is an error', () => {
  expect(refused(() => planText('url --url=http://m'))).toEqual(['- no-packages']);
});

test('what has no meaning without an installer is accepted', () => {
  expect(
    refused(() => plan(['text', 'poweroff', 'skipx', 'bootloader --location=none', 'firewall --disabled'])),
  ).toEqual([]);
});
