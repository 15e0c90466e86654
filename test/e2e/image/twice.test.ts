import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { own } from './boots-well.ts';
import { phyllome, places } from './phyllome.ts';

test('an image with a file that says when it was made: built twice, that file alone is told to differ, with who wrote it', async () => {
  const { exitCode, stdout, stderr } = await phyllome(['--dir', own, 'build', 'nano-clock', '--twice']);
  expect(stderr).not.toContain('error');
  expect(exitCode).toBe(1);
  const image = 'phyllome-nano-clock-debian-13.iso → ISO 9660';
  const file = `${image} → /LiveOS/squashfs.img → SquashFS → /etc/made-at`;
  expect(stdout).toMatch(
    new RegExp(
      `^${file}\n    time stamp: line 1: "\\d+\\.\\d+", then "\\d+\\.\\d+"\n    written by: configuration$`,
      'm',
    ),
  );
  expect(stdout.indexOf(file)).toBeLessThan(stdout.indexOf('identifier: '));
  // Names of the build follow from what is in it; no other file of the system differs.
  const inSystem = stdout.split('\n').filter((line) => line.includes(' → SquashFS'));
  expect(inSystem).toEqual([file]);
  const again = path.join(places.out, 'built-again/nano-clock');
  expect(stdout).toContain(`files differ; the second build is ${again}`);
  expect(existsSync(path.join(again, 'manifest.json'))).toBe(true);
  rmSync(path.dirname(again), { recursive: true });
  expect(readdirSync(places.cache).filter((name) => /^(?:rebuild|compare)-/.test(name))).toEqual([]);
});
