import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { printPlan } from '../../../scripts/plan/index.ts';
import { plan, scriptOf, stepsOf } from './fixtures.ts';

const hash = '$6$abcdefgh$0123456789./';

test('a password hash goes by standard input only, and is not printed', () => {
  const planned = plan([
    `user --name=ada --password=${hash} --iscrypted --groups=libvirt`,
    `rootpw --iscrypted ${hash}`,
  ]);
  expect(scriptOf(planned, 'user-ada')).toContain(`ada:${hash}`);
  expect(scriptOf(planned, 'rootpw')).toContain(`root:${hash}`);
  expect(JSON.stringify(planned.stages.flatMap((stage) => stage.steps.map((step) => step.argv)))).not.toContain(hash);
  expect(printPlan(planned, '/cache')).not.toContain(hash);
});

test('every script is valid shell, whatever the values are', () => {
  const planned = plan([
    `network --hostname="it's"`,
    `bootloader --append="a='b c' d=\\"e\\""`,
    `sshkey --username=root "ssh-ed25519 AAAA it's me"`,
    `user --name=ada --gecos="Ada 'L' $(reboot)" --homedir=/srv/ada --uid=1000 --shell=/bin/sh --groups=libvirt,kvm`,
    'group --name=lab --gid=5000',
    'keyboard --vckeymap=de --xlayouts="us","de (nodeadkeys)"',
    'timezone Europe/Paris --utc',
    'services --enabled=ssh,libvirtd.socket --disabled=cron',
    'network --bootproto=static --device=enp1s0 --ip=10.0.0.2 --netmask=255.255.255.0 --gateway=10.0.0.1 --nameserver=10.0.0.1,10.0.0.3',
    'skipx',
  ]);
  const scripts = stepsOf(planned, 'configure').filter((step) => step.stdin !== undefined);
  expect(scripts.length).toBeGreaterThan(10);
  for (const step of scripts) execFileSync('sh', ['-n'], { input: step.stdin });
});

test('values stay words: nothing of them is run', () => {
  const script = scriptOf(plan(['network --hostname="$(touch /tmp/pwned)"']), 'network-0');
  const output = execFileSync('sh', ['-c', script.replace(/> \S+$/, '')], { encoding: 'utf8' });
  expect(output).toBe('$(touch /tmp/pwned)\n');
});

test('a static address becomes a networkd file', () => {
  const script = scriptOf(
    plan([
      'network --bootproto=static --device=52:54:00:12:34:56 --ip=10.0.0.2 --netmask=255.255.240.0 --gateway=10.0.0.1 --mtu=9000 --noipv6',
    ]),
    'network-0',
  );
  expect(script).toContain('MACAddress=52:54:00:12:34:56');
  expect(script).toContain('Address=10.0.0.2/20');
  expect(script).toContain('MTUBytes=9000');
  expect(script).toContain('IPv6AcceptRA=no');
});

test('DHCP on whatever has a link writes nothing: the image has its own configuration for that', () => {
  expect(scriptOf(plan(['network --bootproto=dhcp --device=link --activate']), 'network-0')).toBe('');
});

test('services are disabled before they are enabled', () => {
  const script = scriptOf(plan(['services --enabled=a --disabled=b']), 'services');
  expect(script.indexOf('disable b')).toBeLessThan(script.indexOf('enable a'));
});

test('the order is Anaconda’s: loader, time, services, language, network, accounts, then scripts', () => {
  const planned = plan([
    '%post\ntrue\n%end',
    'rootpw --lock',
    'lang C.UTF-8',
    'services --enabled=a',
    'timezone UTC',
    'bootloader --append=a',
    'network --hostname=h',
  ]);
  const ids = stepsOf(planned, 'configure').map((step) => step.id);
  expect(ids.slice(0, 7)).toEqual(['bootloader', 'timezone', 'services', 'lang', 'network-0', 'rootpw', 'post-1']);
});
