import { expect, test } from 'vitest';
import { onLines } from '../../../scripts/lab/machine/socket.ts';
import { connectedSockets } from '../connected-sockets.ts';

test('a prompt without a line end is seen while it waits', async () => {
  const { ours, theirs, close } = await connectedSockets();
  const lines: string[] = [];
  const unfinished: string[] = [];
  onLines(
    ours,
    (line) => lines.push(line),
    (start) => unfinished.push(start),
  );
  theirs.write('booting\r\nhost lo');
  await expect.poll(() => unfinished.at(-1)).toBe('host lo');
  theirs.write('gin: ');
  await expect.poll(() => unfinished.at(-1)).toBe('host login: ');
  expect(lines).toEqual(['booting']);
  theirs.end();
  await expect.poll(() => lines).toEqual(['booting', 'host login: ']);
  await close();
});

test('a prompt that nothing will answer any more can be ended: what comes is a line of its own', async () => {
  const { ours, theirs, close } = await connectedSockets();
  const lines: string[] = [];
  let unfinished = '';
  const endLine = onLines(
    ours,
    (line) => lines.push(line),
    (start) => {
      unfinished = start;
    },
  );
  theirs.write('host login: ');
  await expect.poll(() => unfinished).toBe('host login: ');
  endLine();
  endLine();
  theirs.write('SeaBIOS\r\n');
  await expect.poll(() => lines).toEqual(['host login: ', 'SeaBIOS']);
  await close();
});
