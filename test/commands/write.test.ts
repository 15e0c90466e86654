import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { sudoCommand } from '../../scripts/write-medium/index.ts';
import { recordingContext } from './recording-context.ts';
import { typeIn } from './type-in.ts';

test('a name that is no file and no flavour that was built is told', async () => {
  const { context } = recordingContext();
  await expect(typeIn(['write', '/nowhere/x.iso', '/dev/null'], context)).rejects.toMatchObject({
    exitCode: 1,
    message: '/nowhere/x.iso: there is no such image',
  });
  await expect(typeIn(['write', 'nano', '/dev/null'], context)).rejects.toMatchObject({
    diagnostics: [{ code: 'not-built' }],
  });
});

test('what is no disk is refused before anything is read', async () => {
  const { context, scratch } = recordingContext();
  const image = path.join(scratch, 'x.iso');
  writeFileSync(image, '');
  await expect(typeIn(['write', image, image], context)).rejects.toMatchObject({ diagnostics: [{ code: 'no-disk' }] });
});

test('the command for root is this program, finds the same Node.js and the same cache', () => {
  const places = { cache: '/home/ada/my cache', checkout: '/home/ada/phyllome' };
  expect(sudoCommand(['write', '/tmp/x.iso', '/dev/sdb', '--yes', '/dev/sdb'], places)).toBe(
    `sudo env "PATH=$PATH" 'PHYLLOME_CACHE=/home/ada/my cache' /home/ada/phyllome/ci/phyllome write /tmp/x.iso /dev/sdb --yes /dev/sdb`,
  );
});

const canMakeDisks = process.getuid?.() === 0 && existsSync('/dev/loop-control');

test.skipIf(!canMakeDisks)('an image is on the disk afterwards, and its SHA256SUMS counts', async () => {
  const { context, scratch, output } = recordingContext();
  const [image, file] = [path.join(scratch, 'x.iso'), path.join(scratch, 'disk')];
  const bytes = randomBytes(3 * 2 ** 20);
  bytes.write('\x55\xaa', 510, 'latin1');
  writeFileSync(image, bytes);
  writeFileSync(file, '');
  truncateSync(file, 8 * 2 ** 20);
  const disk = execFileSync('losetup', ['--find', '--show', file], { encoding: 'utf8' }).trim();
  onTestFinished(() => void execFileSync('losetup', ['--detach', disk]));
  writeFileSync(path.join(scratch, 'SHA256SUMS'), `${'0'.repeat(64)}  x.iso\n`);
  const words = ['write', image, disk, '--also-fixed', disk, '--yes', disk];
  await expect(typeIn(words, context)).rejects.toMatchObject({ diagnostics: [{ code: 'image-damaged' }] });
  expect(readFileSync(file).equals(Buffer.alloc(8 * 2 ** 20))).toBe(true);
  writeFileSync(path.join(scratch, 'SHA256SUMS'), '');
  await typeIn(words, context);
  expect(readFileSync(file).subarray(0, bytes.length).equals(bytes)).toBe(true);
  expect(output()).toBe(`${disk} holds ${image}, and gave it back when it was read again`);
});
