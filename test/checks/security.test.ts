import { describe, expect, test } from 'vitest';
import { listeningSockets, parseListening } from '../../scripts/checks/listening-sockets.ts';
import { judgeDisk, judgeIdentity, machineIdentity } from '../../scripts/checks/machine-identity.ts';
import { judgeAccounts, noDefaultPassword } from '../../scripts/checks/no-default-password.ts';
import { contextThat } from './context.ts';

describe('listening-sockets', () => {
  const head = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
  const line = (address: string, state = '0A') =>
    `   0: ${address} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000   991        0 4936 1 0000000069b6910c 100 0 0 10 0\n`;
  const v6 = (address: string) =>
    `   0: ${address} 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0\n`;
  const ask = (...lines: string[]) => listeningSockets.run(contextThat(() => head + lines.join('')));

  test('ssh and loopback listeners pass', async () => {
    const outcome = await ask(
      line('00000000:0016'),
      line('3500007F:0035'),
      v6('00000000000000000000000001000000:0277'),
    );
    expect(outcome).toMatchObject({ status: 'passed', summary: 'only port 22 listens' });
    expect(outcome.evidence).toContain('port 53 (this machine only), user id 991');
  });
  test('anything else that others can reach fails', async () => {
    expect(await ask(line('00000000:14EB'))).toMatchObject({
      status: 'failed',
      summary: 'unexpected: port 5355 (LLMNR of systemd-resolved)',
    });
    expect(await ask(v6('00000000000000000000000000000000:1F90'))).toMatchObject({
      status: 'failed',
      summary: 'unexpected: port 8080',
    });
  });
  test('a connection is no listener', () => {
    expect(parseListening(line('00000000:1F90', '01'))).toBeUndefined();
    expect(parseListening(head)).toBeUndefined();
  });
});

describe('machine-identity', () => {
  test('a clean layer passes', () => {
    expect(judgeIdentity(['layer /run/rootfsbase', 'machine-id '])).toMatchObject({ status: 'passed' });
    expect(judgeIdentity(['layer /run/rootfsbase', 'machine-id uninitialized'])).toMatchObject({ status: 'passed' });
  });
  test('an identity and secrets fail, without being told', () => {
    const id = 'bbc139ec11ff4a1aaf6c5e25294547c8';
    const outcome = judgeIdentity([
      'layer /run/rootfsbase',
      `machine-id ${id}`,
      '/run/rootfsbase/etc/ssh/ssh_host_rsa_key',
    ]);
    expect(outcome).toMatchObject({
      status: 'failed',
      summary: '/etc/machine-id is set in the image; /etc/ssh/ssh_host_rsa_key is in the image',
    });
    expect(JSON.stringify(outcome)).not.toContain(id);
  });
  test('on a disk, what is as old as the image is shared by all that have it', () => {
    expect(judgeDisk('')).toMatchObject({ status: 'passed' });
    expect(judgeDisk('/etc/machine-id\n/etc/ssh/ssh_host_rsa_key\n')).toMatchObject({
      status: 'failed',
      summary: '/etc/machine-id came with the image; /etc/ssh/ssh_host_rsa_key came with the image',
    });
  });
  test('a layer that is not found is not taken for a clean one', async () => {
    expect(await machineIdentity.run(contextThat(() => ''))).toMatchObject({ status: 'failed' });
  });
});

describe('no-default-password', () => {
  test('locked accounts pass', async () => {
    expect(await noDefaultPassword.run(contextThat(() => 'root locked\ndaemon locked\n'))).toMatchObject({
      status: 'passed',
    });
  });
  test('a hash and an empty password fail', () => {
    expect(judgeAccounts(['root hash', 'guest empty', 'daemon locked'])).toMatchObject({
      status: 'failed',
      summary: 'root has a password; guest needs no password',
    });
  });
  test('a hash is fine for an account that the flavour gives a password, and for no other', () => {
    expect(judgeAccounts(['ada hash', 'root locked'], ['ada'])).toMatchObject({
      status: 'passed',
      summary: 'all 1 accounts but ada are locked',
    });
    expect(judgeAccounts(['ada empty', 'root hash'], ['ada'])).toMatchObject({ status: 'failed' });
  });
  test('the script never prints a hash', async () => {
    const { execFileSync } = await import('node:child_process');
    const scripts: string[] = [];
    await noDefaultPassword.run(
      contextThat((script) => {
        scripts.push(script);
        return 'root locked';
      }),
    );
    // passwd first, shadow behind it, as the script reads them.
    const files =
      'root:x:0:0::/root:/bin/sh\nold:*:9:9::/:/bin/sh\nroot:$y$j9T$secret:1:0:99999:7:::\nbin:*:1::::::\nlock:!$y$j9T$x:1::::::\nopen::1::::::\n';
    const script = (scripts[0] ?? '').replace('cat /etc/passwd /etc/shadow', 'cat');
    expect(execFileSync('bash', ['-c', script], { input: files }).toString()).toBe(
      'old locked\nroot hash\nbin locked\nlock locked\nopen empty\n',
    );
  });
});
