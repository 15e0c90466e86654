import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checkout } from '../render/shipped.ts';

const hook = path.join(
  checkout,
  'overlays/base/rootfs/usr/lib/dracut/modules.d/90phyllome-live-overlay/copy-to-memory.sh',
);
const scratch = mkdtempSync(path.join(tmpdir(), 'phyllome-copy-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** What dracut offers a hook, answering from the words of $CMDLINE. */
const dracut = `getarg() { for word in $CMDLINE; do case $word in "$1"*) echo "\${word#*=}"; return 0;; esac; done; return 1; }
. "$0"`;

/** What becomes of a start with these arguments on a computer with that memory. */
function start(commandLine: string, memoryMiB: number) {
  const root = mkdtempSync(path.join(scratch, 'root-'));
  for (const directory of ['proc', 'dev']) mkdirSync(path.join(root, directory));
  writeFileSync(path.join(root, 'proc/meminfo'), `MemTotal:     ${memoryMiB * 1024} kB\nMemFree:  1 kB\n`);
  writeFileSync(path.join(root, 'dev/kmsg'), '');
  const { status, stdout, stderr } = spawnSync('sh', ['-c', dracut, hook], {
    env: { PATH: process.env.PATH, CMDLINE: commandLine, PHYLLOME_ROOT: root },
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(stdout).toBe('');
  const asked = path.join(root, 'etc/cmdline.d/50-phyllome-copy.conf');
  return {
    copies: existsSync(asked) && readFileSync(asked, 'utf8') === 'rd.live.ram=1\n',
    said: readFileSync(path.join(root, 'dev/kmsg'), 'utf8'),
  };
}

test('with enough memory dracut is asked for the copy, and nothing is said', () => {
  expect(start('root=live:CDLABEL=X phyllome.copy=300', 1324)).toEqual({ copies: true, said: '' });
});

test('with too little the need is told, and the system starts without the copy', () => {
  const { copies, said } = start('root=live:CDLABEL=X phyllome.copy=300', 1323);
  expect(copies).toBe(false);
  expect(said).toBe(
    '<4>phyllome: The system is not copied to memory: that takes 1324 MiB (300 for the copy), and this computer has 1323 MiB. It runs from its medium, which has to stay.\n',
  );
});

test('what is to be left to the system can be said', () => {
  expect(start('phyllome.copy=300 rd.minmem=512', 900).copies).toBe(true);
  expect(start('phyllome.copy=300 rd.minmem=512', 800).said).toContain('812 MiB');
});

test.each(['root=live:CDLABEL=X', 'phyllome.copy=', 'phyllome.copy=much'])('%s: nothing happens', (commandLine) => {
  expect(start(commandLine, 64)).toEqual({ copies: false, said: '' });
});
