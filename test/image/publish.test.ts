import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
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
import { makeManifest, manifestFor, presetDifferences, publish, type StagedOutput } from '../../scripts/image/index.ts';
import type { OutputId } from '../../scripts/outputs/index.ts';

/** Stage outputs as the direct engine leaves them. */
function outputs() {
  const root = mkdtempSync(path.join(tmpdir(), 'image-'));
  const directories = {
    configure: path.join(root, 'configure'),
    initramfs: path.join(root, 'initramfs'),
    squashfs: path.join(root, 'squashfs'),
  };
  mkdirSync(path.join(directories.configure, 'facts'), { recursive: true });
  mkdirSync(directories.initramfs);
  mkdirSync(directories.squashfs);
  const image = path.join(root, 'image');
  mkdirSync(image);
  const iso = 'the image';
  const hash = createHash('sha256').update(iso).digest('hex');
  const contents: Record<string, string> = {
    'configure/facts/packages': 'bash\t5.2\tamd64\nsystemd\t257\tamd64\n',
    'configure/facts/units':
      'getty@.service enabled enabled\nssh.socket  enabled enabled\ncron.service masked enabled\n',
    'configure/facts/user-units': 'indexer.service masked enabled\n',
    'configure/facts/open-logins': '/etc/gdm3/daemon.conf lets somebody in\n',
    'configure/facts/started-units': 'ssh.socket\topenssh-server\nexporter.service\texporter\n',
    'configure/facts/started-user-units': 'ssh-agent.socket\topenssh-client\n',
    'configure/facts/root-size': '123456\n',
    'configure/changes': `/etc/a\t${'a'.repeat(64)}\n/etc/a\tf 644 0:0 \n`,
    'initramfs/initrd.img': '12345',
    'initramfs/vmlinuz': '123',
    'image/image.iso': iso,
    'image/volume-id': 'PHYLLOME_NANO_0123ABCD\n',
    'image/sums': `${hash}  image.iso\n`,
    'squashfs/squashfs.img': 'x'.repeat(77),
  };
  for (const [name, content] of Object.entries(contents)) writeFileSync(path.join(root, name), content);
  const files = [{ cached: path.join(image, 'image.iso'), file: 'nano.iso' }];
  const staged: readonly StagedOutput[] = [{ output: 'live-iso', inputHash: 'key', directory: image, files }];
  return { root, image, directories, staged, hash };
}

const filesOf = (staged: readonly StagedOutput[]) => staged.flatMap(({ files }) => files);

const unit = (name: string) => ({ name, preset: 'enable' as const, component: 'c', reason: 'r' });

function manifestOf({ directories, staged }: Pick<ReturnType<typeof outputs>, 'directories' | 'staged'>) {
  return makeManifest({
    lock: 'not locked',
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
    outputs: staged,
  });
}

test('the manifest says what is in the image, unit states included', () => {
  const { hash, ...made } = outputs();
  const manifest = manifestOf(made);
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
  const { root, ...made } = outputs();
  const out = path.join(root, 'out');
  await publish(out, filesOf(made.staged), manifestOf(made), { secret: false });
  expect(statSync(path.join(out, 'nano.iso')).mode & 0o777).toBe(0o600);
});

test('so is one with a private file, and nobody else could read it for a moment', async () => {
  const { root, ...made } = outputs();
  const manifest = { ...manifestOf(made), accountsWithPassword: [] };
  const modeOf = async (secret: boolean) => {
    const out = path.join(root, `${secret}`);
    await publish(out, filesOf(made.staged), manifest, { secret });
    return statSync(path.join(out, 'nano.iso')).mode & 0o777;
  };
  expect(await modeOf(true)).toBe(0o600);
  expect(await modeOf(false)).toBe(0o644);
});

test('what was stated of the image before is gone when nothing is stated any more', async () => {
  const { root, ...made } = outputs();
  const build = path.join(root, 'out');
  const beside = (names: readonly string[]) => new Map(names.map((name) => [name, '{}\n']));
  for (const names of [['nano.cdx.json', 'nano.openvex.json'], ['nano.cdx.json']]) {
    await publish(build, filesOf(made.staged), manifestOf(made), { secret: false, beside: beside(names) });
    const published = readdirSync(build).filter((name) => /\.(?:cdx|openvex)\./.test(name));
    expect(published.sort()).toEqual(names);
  }
});

test('image, manifest and checksums are there, agree, and publishing again moves no bytes', async () => {
  const { root, ...made } = outputs();
  const build = path.join(root, 'out');
  const imageFile = path.join(build, 'nano.iso');
  const publishAgain = () => publish(build, filesOf(made.staged), manifestOf(made), { secret: false });
  await publishAgain();
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

test('a signature stays beside the list that it is of, and goes with any other', async () => {
  const { root, ...made } = outputs();
  const build = path.join(root, 'out');
  const publishOf = (flavour: string) =>
    publish(build, filesOf(made.staged), { ...manifestOf(made), flavour }, { secret: false });
  const signature = path.join(build, 'SHA256SUMS.minisig');
  await publishOf('nano');
  writeFileSync(signature, 'signature');
  await publishOf('nano');
  expect(readFileSync(signature, 'utf8')).toBe('signature');
  await publishOf('other');
  expect(existsSync(signature)).toBe(false);
});

describe('what is published is no part of the cache', () => {
  async function published() {
    const { root, image, ...made } = outputs();
    const out = path.join(root, 'out');
    const again = (signal?: AbortSignal) =>
      publish(out, filesOf(made.staged), manifestOf(made), { secret: false, ...(signal && { signal }) });
    await again();
    return { cached: path.join(image, 'image.iso'), again, imageFile: path.join(out, 'nano.iso') };
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

/** Several outputs of one system: what only a server needs, a disk as two files that are one, and the ISO. */
function severalOutputs() {
  const made = outputs();
  const stage = (output: OutputId, names: readonly string[]): StagedOutput => {
    const directory = path.join(made.root, output);
    mkdirSync(directory);
    const files = names.map((name) => ({ cached: path.join(directory, path.basename(name)), file: name }));
    const sums = files.map(({ cached }) => {
      writeFileSync(cached, `this is ${cached}`);
      return `${createHash('sha256').update(`this is ${cached}`).digest('hex')}  ${path.basename(cached)}\n`;
    });
    writeFileSync(path.join(directory, 'sums'), sums.join(''));
    return { output, inputHash: `key of ${output}`, directory, files };
  };
  const staged = [stage('tar', ['set/root.tar', 'set/second.tar']), stage('disk-raw', ['nano.raw']), ...made.staged];
  return { ...made, staged };
}

test('manifest and checksums list every file of every output; the first that firmware starts is the image', async () => {
  const { root, ...made } = severalOutputs();
  const manifest = manifestOf(made);
  expect(manifest.image).toMatchObject({ file: 'nano.raw', kind: 'disk' });
  expect(manifest.inputHash).toBe('key of disk-raw');
  expect(manifest.outputs.map(({ output, files }) => [output, ...files.map(({ file }) => file)])).toEqual([
    ['tar', 'set/root.tar', 'set/second.tar'],
    ['disk-raw', 'nano.raw'],
    ['live-iso', 'nano.iso'],
  ]);
  const out = path.join(root, 'out');
  await publish(out, filesOf(made.staged), manifest, { secret: true });
  const lines = readFileSync(path.join(out, 'SHA256SUMS'), 'utf8').trim().split('\n');
  const names = ['set/root.tar', 'set/second.tar', 'nano.raw', 'nano.iso', 'manifest.json'];
  expect(lines.map((line) => line.slice(66))).toEqual(names);
  const check = spawnSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: out, encoding: 'utf8' });
  expect([check.status, check.stderr]).toEqual([0, '']);
  for (const name of names.slice(0, -1)) expect(statSync(path.join(out, name)).mode & 0o777).toBe(0o600);
});

test('one of several images is taken by its output', () => {
  const manifest = manifestOf(severalOutputs());
  expect(manifestFor(manifest)?.image.file).toBe('nano.raw');
  expect(manifestFor(manifest, 'live-iso')).toMatchObject({
    inputHash: 'key',
    image: { file: 'nano.iso', kind: 'live-iso', volumeId: 'PHYLLOME_NANO_0123ABCD', sizeBytes: 9 },
  });
  expect(manifestFor(manifest, 'tar')).toBeUndefined();
  expect(manifestFor(manifest, 'disk-qcow2')).toBeUndefined();
});

test('what the presets say and what is so on disk are compared', () => {
  const manifest = manifestOf(outputs());
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
