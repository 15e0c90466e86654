import { afterEach, beforeEach, expect, test } from 'vitest';
import { AgentChannel, AgentSilent } from '../../../scripts/lab/guest/channel.ts';
import { Guest, GuestCommandFailed, GuestWaitFailed } from '../../../scripts/lab/guest/guest.ts';
import { onLines } from '../../../scripts/lab/machine/socket.ts';
import { type ConnectedSockets, connectedSockets } from '../connected-sockets.ts';

let sockets: ConnectedSockets;
let scripts: string[];
/** What the fake agent replies to a script; nothing when undefined. */
let reply: (script: string, seconds: number) => readonly [number, string | Buffer, string] | undefined;
let hellos: string[];
let channel: AgentChannel;
let guest: Guest;
const base64 = (data: string | Buffer) => Buffer.from(data).toString('base64');

beforeEach(async () => {
  sockets = await connectedSockets();
  scripts = [];
  hellos = [];
  reply = () => [0, '', ''];
  onLines(sockets.theirs, (line) => {
    const [id, seconds, script = ''] = line.split(' ');
    const text = Buffer.from(script, 'base64').toString();
    scripts.push(text);
    const answer = reply(text, Number(seconds));
    if (answer) sockets.theirs.write(`${id} ${answer[0]} ${base64(answer[1])} ${base64(answer[2])}\n`);
  });
  channel = new AgentChannel(sockets.ours, (bootId) => hellos.push(bootId));
  guest = new Guest(channel, 1);
});
afterEach(() => sockets.close());

test('an argument vector reaches the guest quoted, a script as it is', async () => {
  reply = () => [0, 'out\n', 'err\n'];
  expect(await guest.run(['printf', '%s', "it's; $HOME"])).toEqual({ status: 0, stdout: 'out\n', stderr: 'err\n' });
  await guest.run('a | b\nc');
  expect(scripts).toEqual(["printf %s 'it'\\''s; $HOME'", 'a | b\nc']);
});

test('every byte value survives', async () => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, value) => value));
  reply = () => [0, bytes, ''];
  expect(await guest.read('/some file')).toEqual(bytes);
  expect(scripts).toEqual(["cat -- '/some file'"]);
});

test('a failing command throws with its status and last words, unless that is expected', async () => {
  reply = () => [3, 'inactive\n', ''];
  const error = await guest.run('systemctl is-active x').catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(GuestCommandFailed);
  expect(error).toMatchObject({ message: 'in the guest, systemctl is-active x exited with status 3: inactive' });
  expect(await guest.run('systemctl is-active x', { allowFailure: true })).toMatchObject({ status: 3 });
});

test('running out of time is a failure even where failures are expected', async () => {
  reply = () => [124, '', ''];
  await expect(guest.run('sleep 99', { allowFailure: true })).rejects.toThrow('did not end in time');
});

test('a slow machine gets more time, a fast one no less', async () => {
  const seconds: number[] = [];
  reply = (_, limit) => {
    seconds.push(limit);
    return [0, '', ''];
  };
  await new Guest(channel, 2.5).run('x', { timeoutSeconds: 10 });
  await new Guest(channel, 0.1).run('x', { timeoutSeconds: 10 });
  expect(seconds).toEqual([25, 10]);
});

test('requests under way at once get their own replies', async () => {
  const held: string[] = [];
  reply = (script) => {
    held.push(script);
    if (held.length < 2) return undefined;
    sockets.theirs.write(`2 0 ${base64('second')} \n1 0 ${base64('first')} \n`);
    return undefined;
  };
  const [first, second] = await Promise.all([guest.run('one'), guest.run('two')]);
  expect([first.stdout, second.stdout]).toEqual(['first', 'second']);
});

test('an agent that says nothing is given up; its late reply and noise harm nothing', async () => {
  reply = (script) => (script === 'silent' ? undefined : [0, 'fine', '']);
  await expect(channel.request('silent', 0, 20)).rejects.toThrow(AgentSilent);
  sockets.theirs.write('1 0 bGF0ZQ== \nnot a reply at all\n\n');
  expect((await guest.run('next')).stdout).toBe('fine');
});

test('a restart of the guest ends what was under way', async () => {
  reply = () => undefined;
  const lost = guest.run('reboot');
  sockets.theirs.write('hello 1234-5678\n');
  await expect(lost).rejects.toThrow('the guest restarted');
  expect(hellos).toEqual(['1234-5678']);
});

test('the end of the machine ends what was under way', async () => {
  reply = () => {
    sockets.theirs.destroy();
    return undefined;
  };
  await expect(guest.run('poweroff')).rejects.toThrow('the machine ended');
  // Nor does anybody wait for what is asked later: a timer would keep the whole program running.
  await expect(guest.run('true', { timeoutSeconds: 3600 })).rejects.toThrow('the machine has ended');
});

test('waiting asks again until it is so, and gives up in time', async () => {
  let asked = 0;
  reply = () => [++asked < 2 ? 1 : 0, 'now', ''];
  expect((await guest.waitFor('x', 'test -e /x', 10)).stdout).toBe('now');
  reply = () => [1, '', ''];
  await expect(guest.waitFor('the file', 'test -e /x', 0)).rejects.toThrow(GuestWaitFailed);
});
