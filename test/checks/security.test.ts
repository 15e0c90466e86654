import { describe, expect, test } from 'vitest';
import { listeningSockets, parseListening } from '../../scripts/checks/listening-sockets.ts';
import { judgeDisk, judgeIdentity, machineIdentity } from '../../scripts/checks/machine-identity.ts';
import { judgeAccounts, noDefaultPassword } from '../../scripts/checks/no-default-password.ts';
import type { Manifest } from '../../scripts/image/index.ts';
import { contextThat } from './context.ts';

describe('listening-sockets', () => {
  // As grep prints it of a machine with a DHCP client, chrony for itself, a question to a name server, and ssh.
  const printed = `32768	60999
/proc/net/tcp:  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
/proc/net/tcp:   0: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4936 1 0000000069b6910c 100 0 0 10 0
/proc/net/tcp:   1: 3500007F:0035 00000000:0000 0A 00000000:00000000 00:00000000 00000000   991        0 4936 1 0000000069b6910c 100 0 0 10 0
/proc/net/tcp:   2: 0F02000A:1F90 0202000A:C001 01 00000000:00000000 00:00000000 00000000     0        0 4936 1 0000000069b6910c 100 0 0 10 0
/proc/net/tcp6:   0: 00000000000000000000000001000000:0277 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0
/proc/net/udp:   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
/proc/net/udp:12674: 0F02000A:CD14 0302000A:0035 01 00000000:00000000 00:00000000 00000000     0        0 401479 2 000000001968a8e2 0
/proc/net/udp:13010: 0F02000A:0044 00000000:0000 07 00000000:00000000 00:00000000 00000000   998        0 401476 2 00000000594a7343 0
/proc/net/udp:13265: 0100007F:0143 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 401478 2 00000000ce121ac9 0
/proc/net/udp:13300: 00000000:9C41 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 401480 2 00000000ce121ac9 0
/proc/net/udp6:13488: 00000000000000000000000000000000:14E9 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 401477 2 00000000b30dbdda 0
`;
  const listed = (...names: readonly string[]): Partial<Manifest> => ({
    posture: names.map((name) => ({ kind: 'port', name, is: '', reason: 'x', by: 'x', file: 'x.yaml', line: 1 })),
  });
  const ask = (names: readonly string[], text = printed) =>
    listeningSockets.run(contextThat(() => text, listed(...names)));

  test('what is listed, this machine’s own, connections, and ports that the kernel gives for questions pass', async () => {
    const outcome = await ask(['tcp/22', 'udp/68', 'udp/5353']);
    expect(outcome).toMatchObject({ status: 'passed', summary: 'only tcp/22, udp/68, udp/5353 listens' });
    expect(outcome.evidence).toEqual([
      'tcp/22, user id 0',
      'tcp/53 (this machine only), user id 991',
      'tcp/631 (this machine only), user id 0',
      'udp/68, user id 998',
      'udp/323 (this machine only), user id 0',
      'udp/40001, user id 0',
      'udp/5353, user id 0',
    ]);
  });
  test('a port counts for its protocol alone', async () => {
    expect(await ask(['tcp/68', 'udp/22', 'tcp/5353'])).toMatchObject({
      status: 'failed',
      summary: 'unexpected: tcp/22, udp/68, udp/5353 (multicast DNS)',
    });
  });
  test('where the kernel gives other ports, those count', async () => {
    const text = printed.replace('32768\t60999', '50000\t60999');
    expect(await ask(['tcp/22', 'udp/68', 'udp/5353'], text)).toMatchObject({ summary: 'unexpected: udp/40001' });
  });
  test('a connection and a heading are no listeners', () => {
    const found = printed.split('\n').map(parseListening);
    expect(found.filter((one) => one !== undefined)).toHaveLength(7);
    expect(parseListening(printed.split('\n')[4] ?? '')).toBeUndefined();
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
