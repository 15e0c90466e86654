import { afterEach, beforeEach, expect, test } from 'vitest';
import { QmpClient, QmpError, type QmpEvent } from '../../../scripts/lab/machine/qmp.ts';
import { onLines } from '../../../scripts/lab/machine/socket.ts';
import { type ConnectedSockets, connectedSockets } from '../connected-sockets.ts';

interface Request {
  readonly execute: string;
  readonly arguments: unknown;
  readonly id: number;
}

let sockets: ConnectedSockets;
const say = (message: unknown) => sockets.theirs.write(`${JSON.stringify(message)}\r\n`);

/** A QEMU that greets and answers as told; no answer when told nothing. */
function fakeQemu(answer: (request: Request) => object | undefined): Request[] {
  const requests: Request[] = [];
  onLines(sockets.theirs, (line) => {
    const request = JSON.parse(line) as Request;
    requests.push(request);
    const reply = request.execute === 'qmp_capabilities' ? { return: {} } : answer(request);
    if (reply !== undefined) say({ ...reply, id: request.id });
  });
  say({ QMP: { version: { qemu: { major: 10 } }, capabilities: ['oob'] } });
  return requests;
}

beforeEach(async () => {
  sockets = await connectedSockets();
});
afterEach(() => sockets.close());

test('negotiates, then hands over commands and what they return', async () => {
  const requests = fakeQemu(({ execute }) => ({ return: { status: execute } }));
  const client = await QmpClient.open(sockets.ours, () => {});
  expect(await client.execute('query-status', { full: true })).toEqual({ status: 'query-status' });
  expect(requests).toEqual([
    { execute: 'qmp_capabilities', arguments: {}, id: 1 },
    { execute: 'query-status', arguments: { full: true }, id: 2 },
  ]);
});

test('answers find their commands in whatever order they come', async () => {
  const held: Request[] = [];
  fakeQemu((request) => {
    held.push(request);
    if (held.length === 2) for (const one of held.reverse()) say({ return: one.execute, id: one.id });
    return undefined;
  });
  const client = await QmpClient.open(sockets.ours, () => {});
  expect(await Promise.all([client.execute('first'), client.execute('second')])).toEqual(['first', 'second']);
});

test("a refusal carries the command and QEMU's words", async () => {
  fakeQemu(() => ({ error: { class: 'CommandNotFound', desc: 'The command nonsense has not been found' } }));
  const client = await QmpClient.open(sockets.ours, () => {});
  const error = await client.execute('nonsense').catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(QmpError);
  expect(error).toMatchObject({ command: 'nonsense', errorClass: 'CommandNotFound', message: /has not been found/ });
});

test('events are told, between answers and all', async () => {
  const events: QmpEvent[] = [];
  fakeQemu(() => {
    say({
      event: 'SHUTDOWN',
      data: { guest: true, reason: 'guest-reset' },
      timestamp: { seconds: 1, microseconds: 2 },
    });
    return { return: {} };
  });
  const client = await QmpClient.open(sockets.ours, (event) => events.push(event));
  await client.execute('cont');
  expect(events).toEqual([{ event: 'SHUTDOWN', data: { guest: true, reason: 'guest-reset' } }]);
});

test('no answer in time is an error, and a late one harms nothing', async () => {
  const requests = fakeQemu(({ execute }) => (execute === 'slow' ? undefined : { return: 'well' }));
  const client = await QmpClient.open(sockets.ours, () => {});
  await expect(client.execute('slow', {}, 20)).rejects.toMatchObject({ errorClass: 'Timeout' });
  say({ return: 'late', id: requests.at(-1)?.id });
  expect(await client.execute('next')).toBe('well');
});

test('the end of QEMU ends what is under way and what comes later', async () => {
  fakeQemu(() => {
    sockets.theirs.destroy();
    return undefined;
  });
  const client = await QmpClient.open(sockets.ours, () => {});
  await expect(client.execute('quit')).rejects.toMatchObject({ errorClass: 'Closed' });
  await expect(client.execute('quit')).rejects.toMatchObject({ errorClass: 'Closed' });
});

test('a QEMU that does not greet is given up', async () => {
  await expect(QmpClient.open(sockets.ours, () => {}, 20)).rejects.toMatchObject({ errorClass: 'Timeout' });
});
