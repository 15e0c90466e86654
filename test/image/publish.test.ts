import { createHash } from 'node:crypto';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { Interrupted } from '../../scripts/diagnostic/index.ts';
import { makeManifest, presetDifferences, publish } from '../../scripts/image/index.ts';

/** Stage outputs as the direct engine leaves them. */
function outputs() {
  const root = mkdtempSync(path.join(tmpdir(), 'image-'));
  const directories = {
    configure: path.join(root, 'configure'),
    initramfs: path.join(root, 'initramfs'),
    image: path.join(root, 'image'),
  };
  mkdirSync(path.join(directories.configure, 'facts'), { recursive: true });
  mkdirSync(directories.initramfs);
  mkdirSync(directories.image);
  const iso = 'the image';
  const hash = createHash('sha256').update(iso).digest('hex');
  const files: Record<string, string> = {
    'configure/facts/packages': 'bash\t5.2\tamd64\nsystemd\t257\tamd64\n',
    'configure/facts/units':
      'getty@.service enabled enabled\nssh.socket  enabled enabled\ncron.service masked enabled\n',
    'configure/facts/user-units': 'indexer.service masked enabled\n',
    'configure/facts/open-logins': '/etc/gdm3/daemon.conf lets somebody in\n',
    'configure/facts/started-units': 'ssh.socket\topenssh-server\nexporter.service\texporter\n',
    'configure/facts/root-size': '123456\n',
    'configure/changes': `/etc/a\t${'a'.repeat(64)}\n/etc/a\tf 644 0:0 \n`,
    'initramfs/initrd.img': '12345',
    'initramfs/vmlinuz': '123',
    'image/image.iso': iso,
    'image/volume-id': 'PHYLLOME_NANO_0123ABCD\n',
    'image/sha256': `${hash}  image.iso\n`,
    'image/squashfs-size': '77\n',
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(root, name), content);
  return { root, directories, hash };
}

const unit = (name: string) => ({ name, preset: 'enable' as const, component: 'c', reason: 'r' });

function manifestOf(directories: ReturnType<typeof outputs>['directories']) {
  return makeManifest({
    flavour: 'nano',
    base: 'debian-13',
    kernelArguments: ['a=1'],
    map: {
      schema: 1,
      lines: [],
      sources: [],
      units: [unit('getty@tty1.service'), unit('cron.service'), unit('gone.service')],
      userUnits: [unit('indexer.service')],
      files: [{ path: '/etc/a', mode: '0644', component: 'c', source: 'overlays/c/rootfs/etc/a' }],
      budgets: { imageMiB: 400 },
      acknowledged: [],
      checks: ['kvm-nested'],
    },
    directories,
    accountsWithPassword: ['ada'],
    inputHash: 'key',
    kind: 'live-iso',
    fileName: 'nano.iso',
  });
}

test('the manifest says what is in the image, unit states included', () => {
  const { directories, hash } = outputs();
  const manifest = manifestOf(directories);
  expect(manifest.units.map((one) => [one.name, one.state])).toEqual([
    ['getty@tty1.service', 'enabled'],
    ['cron.service', 'masked'],
    ['gone.service', 'not-found'],
  ]);
  expect(manifest.packages[1]).toEqual({ name: 'systemd', version: '257', architecture: 'amd64' });
  expect(manifest.accountsWithPassword).toEqual(['ada']);
  expect(manifest.files[0]?.sha256).toBe('a'.repeat(64));
  expect(manifest.image).toMatchObject({ sha256: hash, sizeBytes: 9, volumeId: 'PHYLLOME_NANO_0123ABCD' });
  expect(manifest.sizes).toEqual({ rootBytes: 123456, squashfsBytes: 77, initramfsBytes: 5, kernelBytes: 3 });
});

test('an image with a password hash in it is for its owner only', async () => {
  const { root, directories } = outputs();
  const { imageFile } = await publish(
    path.join(root, 'out'),
    path.join(directories.image, 'image.iso'),
    manifestOf(directories),
    { secret: false },
  );
  expect(statSync(imageFile).mode & 0o777).toBe(0o600);
});

test('so is one with a private file, and nobody else could read it for a moment', async () => {
  const { root, directories } = outputs();
  const manifest = { ...manifestOf(directories), accountsWithPassword: [] };
  const cached = path.join(directories.image, 'image.iso');
  const modeOf = async (secret: boolean) =>
    statSync((await publish(path.join(root, `${secret}`), cached, manifest, { secret })).imageFile).mode & 0o777;
  expect(await modeOf(true)).toBe(0o600);
  expect(await modeOf(false)).toBe(0o644);
});

test('image, manifest and checksums are there, agree, and publishing again moves no bytes', async () => {
  const { root, directories } = outputs();
  const build = path.join(root, 'out');
  const publishAgain = () =>
    publish(build, path.join(directories.image, 'image.iso'), manifestOf(directories), { secret: false });
  const { imageFile } = await publishAgain();
  const inode = statSync(imageFile).ino;
  for (const line of readFileSync(path.join(build, 'SHA256SUMS'), 'utf8').trim().split('\n')) {
    const [hash, name = ''] = line.split('  ');
    expect(
      createHash('sha256')
        .update(readFileSync(path.join(build, name)))
        .digest('hex'),
    ).toBe(hash);
  }
  await publishAgain();
  expect(statSync(imageFile).ino).toBe(inode);
  expect(readdirSync(build).sort()).toEqual(['SHA256SUMS', 'manifest.json', 'nano.iso']);
});

describe('what is published is no part of the cache', () => {
  async function published() {
    const { root, directories } = outputs();
    const cached = path.join(directories.image, 'image.iso');
    const out = path.join(root, 'out');
    const again = async (signal?: AbortSignal) => {
      const options = { secret: false, ...(signal && { signal }) };
      return (await publish(out, cached, manifestOf(directories), options)).imageFile;
    };
    return { cached, again, imageFile: await again() };
  }

  test('a byte written to it leaves the cache as it was, and the next build mends it', async () => {
    const { cached, again, imageFile } = await published();
    writeFileSync(imageFile, 'THE image');
    expect(readFileSync(cached, 'utf8')).toBe('the image');
    await again();
    expect(readFileSync(imageFile, 'utf8')).toBe('the image');
  });

  test('one that an earlier version linked becomes a file of its own', async () => {
    const { cached, again, imageFile } = await published();
    rmSync(imageFile);
    linkSync(cached, imageFile);
    await again();
    expect(statSync(imageFile).ino).not.toBe(statSync(cached).ino);
    expect(readFileSync(imageFile, 'utf8')).toBe('the image');
  });

  test('the cached file may not be written by accident', async () => {
    expect(statSync((await published()).cached).mode & 0o222).toBe(0);
  });

  test.each([
    ['one byte is another', 'THE image'],
    ['it was emptied', ''],
  ])('a cached image is refused when %s; nothing is left half done', async (_, content) => {
    const { cached, again, imageFile } = await published();
    chmodSync(cached, 0o644);
    writeFileSync(cached, content);
    rmSync(imageFile);
    await expect(again()).rejects.toThrow(`${cached} is not what was made: its SHA-256 is another one`);
    expect(readdirSync(path.dirname(imageFile)).sort()).toEqual(['SHA256SUMS', 'manifest.json']);
  });

  test('an interruption ends it, also of an image that is there already, and leaves nothing half done', async () => {
    const { again, imageFile } = await published();
    const names = readdirSync(path.dirname(imageFile));
    await expect(again(AbortSignal.abort(new Interrupted()))).rejects.toBeInstanceOf(Interrupted);
    rmSync(imageFile);
    await expect(again(AbortSignal.abort(new Interrupted()))).rejects.toBeInstanceOf(Interrupted);
    expect(readdirSync(path.dirname(imageFile)).sort()).toEqual(names.filter((name) => !name.endsWith('.iso')).sort());
  });
});

test('what the presets say and what is so on disk are compared', () => {
  const manifest = manifestOf(outputs().directories);
  expect(manifest.userUnits).toMatchObject([{ name: 'indexer.service', state: 'masked' }]);
  expect(presetDifferences(manifest).map(({ code, message }) => `${code}: ${message}`)).toEqual([
    'preset-not-kept: `cron.service` is masked in the built tree, and c says `enable`: r',
    'preset-not-kept: `gone.service` is not-found in the built tree, and c says `enable`: r',
    "preset-not-kept: `indexer.service` of users' managers is masked in the built tree, and c says `enable`: r",
  ]);
});

test.each([
  ['enable', 'enabled', 0],
  ['enable', 'disabled', 1],
  ['enable', 'static', 1],
  ['disable', 'disabled', 0],
  ['disable', 'static', 0],
  ['disable', 'not-found', 0],
  ['disable', 'enabled', 1],
  ['mask', 'masked', 0],
  ['mask', 'disabled', 1],
] as const)('a unit to be %sd that is %s: %i differences', (preset, state, count) => {
  const units = [{ ...unit('x.service'), preset, state }];
  expect(presetDifferences({ units, userUnits: [] })).toHaveLength(count);
});
