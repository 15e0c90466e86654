import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { allChecks } from '../../scripts/checks/index.ts';
import { run as checks } from '../../scripts/commands/checks.ts';
import { run as shell } from '../../scripts/commands/shell.ts';
import { recordingContext } from './recording-context.ts';
import { typeIn } from './type-in.ts';

test('checks lists every check by its id and title, one line each', () => {
  const { context, output } = recordingContext();
  checks({}, context);
  const printed = output().split('\n');
  expect(printed).toHaveLength(allChecks.length);
  for (const [index, check] of allChecks.entries()) {
    expect(printed[index]).toMatch(new RegExp(`^${check.id} `));
    expect(printed[index]).toContain(check.title);
  }
});

test('checks tells everything about one, for each', () => {
  for (const check of allChecks) {
    const { context, output } = recordingContext();
    checks({ check: check.id }, context);
    expect(output()).toContain(check.proves);
    expect(output()).toMatch(/^needs {5}\S/m);
  }
  expect(() => checks({ check: 'no-such-check' }, recordingContext().context)).toThrow(
    'there is no check "no-such-check"',
  );
});

test.each([
  ['--firmware none', '--firmware none: must be bios, uefi, secure-boot, both'],
  ['--idle 0', '--idle 0: must be a whole number of seconds from 1 on'],
  ['--cores 1.5', '--cores 1.5: must be a whole number from 1 on'],
  ['--memory 12345678', '--memory 12345678: must be a whole number of MiB from 1 on'],
  ['--shard 3/2', '--shard 3/2: must be such as 2/3: the second of three'],
])('`%s` of the lab is a usage error', async (options, message) => {
  const typed = typeIn(['test', 'nano', ...options.split(' ')], recordingContext().context);
  await expect(typed).rejects.toMatchObject({ exitCode: 2, message });
});

test('an image by its path: what does not go together is told before anything starts', async () => {
  const { context, scratch } = recordingContext();
  const disk = path.join(scratch, 'disk.raw');
  await writeFile(disk, Buffer.concat([Buffer.alloc(510), Buffer.from([0x55, 0xaa])]));
  for (const [words, code, message] of [
    [['nano', '--from', 'usb'], 'cannot-test-so', '--from is about an image by its path, and `nano` is a flavour'],
    [[disk, '--repeat', '2'], 'cannot-test-so', `--repeat is about a flavour, and ${disk} is a file`],
    [[disk, '--from', 'cdrom'], 'cannot-test-so', '--from cdrom: disk.raw is a disk, not ISO 9660'],
    [[disk, '--initrd', disk], 'cannot-test-so', "--initrd and --append are a kernel's, and disk.raw is none"],
    [
      [scratch, '--firmware', 'both'],
      'cannot-test-so',
      `${scratch} has no pxelinux.0, no lpxelinux.0, no undionly.kpxe`,
    ],
    [
      [disk],
      'no-loader',
      'disk.raw does not start by bios from disk: its first sector holds no program that BIOS could start',
    ],
    [
      [disk, '--firmware', 'secure-boot', '--from', 'usb'],
      'no-loader',
      'disk.raw does not start by secure-boot from usb: it has no partition with FAT, which UEFI starts EFI/BOOT/BOOTX64.EFI from',
    ],
    [['./absent.iso'], 'not-an-image', `${path.resolve('absent.iso')}: there is no such file`],
  ] as const) {
    const typed = typeIn(['test', ...words], context);
    await expect(typed).rejects.toMatchObject({ diagnostics: [{ code, message }] });
  }
});

test('a shell where no machine runs says what would hold one', async () => {
  const { context } = recordingContext();
  const cache = await mkdtemp(path.join(tmpdir(), 'shell-'));
  const entering = shell({}, { ...context, places: { ...context.places, cache } });
  await expect(entering).rejects.toMatchObject({
    diagnostics: [{ code: 'no-such-session', message: 'no machine runs' }],
  });
  await rm(cache, { recursive: true });
});

test('what this computer or the machine has not is told before anything starts', async () => {
  const { context, scratch } = recordingContext();
  const image = path.join(scratch, 'x.iso');
  await writeFile(image, '');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  for (const [options, message] of [
    [`--ssh ${port}`, `--ssh ${port}: this port of your computer is taken, or not for you`],
    ['--ssh 70000', '--ssh 70000: must be a port, such as 2222'],
    ['--share /nonexistent', '--share /nonexistent: there is no such directory'],
  ] as const) {
    const typed = typeIn(['run', image, ...options.split(' ')], context);
    await expect(typed).rejects.toMatchObject({ exitCode: 2, message });
  }
  server.close();
});
