import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { onLines, SocketDirectory } from '../../../scripts/lab/machine/socket.ts';

test('a directory with a path longer than a socket may have can be listened in', async () => {
  const base = await mkdtemp(path.join(tmpdir(), 'socket-'));
  const directory = path.join(base, 'x'.repeat(120));
  await mkdir(directory);
  const sockets = await SocketDirectory.open(directory);
  const pending = await sockets.accept('qmp');
  // As QEMU does: from within the directory, by the socket's name alone.
  const before = process.cwd();
  process.chdir(directory);
  const theirs = connect('qmp');
  process.chdir(before);
  const ours = await pending.connected;
  const lines: string[] = [];
  const ended = new Promise<void>((resolve) => ours.on('close', () => resolve()));
  onLines(ours, (line) => lines.push(line));
  theirs.end('one\r\ntwo\nlast without end');
  await ended;
  expect(lines).toEqual(['one', 'two', 'last without end']);
  await sockets.close();
  await rm(base, { recursive: true });
});
