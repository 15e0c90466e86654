import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { newestOf } from '../../../scripts/engines/direct/made-at.ts';
import { ociDocuments, ociFile, ociStage, packArchive, packLayer } from '../../../scripts/engines/direct/oci-stage.ts';

const scratch = mkdtempSync(path.join(tmpdir(), 'phyllome-oci-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const labels = { title: 'Phyllome OS nano', flavour: 'nano', base: 'debian-13' };
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const excluded = ['./boot/initrd*', './tmp/*'];

function run(program: string, argv: readonly string[], cwd = scratch): Buffer {
  const { status, stdout, stderr } = spawnSync(program, argv, { cwd, maxBuffer: 2 ** 28 });
  expect([status, stderr.toString()]).toEqual([0, '']);
  return stdout;
}

/** A small root tree as a build leaves it at that time: what a package brought is older than what the build wrote. */
function treeAt(built: Date): string {
  const tree = mkdtempSync(path.join(scratch, 'tree-'));
  const brought = new Date('2026-01-02T03:04:05Z');
  const write = (name: string, content: string, time: Date) => {
    const file = path.join(tree, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    utimesSync(file, time, time);
  };
  write('usr/share/doc/bash/copyright', 'GPL', brought);
  write('usr/bin/bash', 'a program', new Date('2025-01-01T00:00:00Z'));
  write('etc/hostname', 'nano', built);
  write('boot/initrd.img-6.12', 'an initramfs', built);
  write('tmp/.hidden', 'of the build', built);
  symlinkSync('usr/bin', path.join(tree, 'bin'));
  return tree;
}

/** Does what the stage does, with this machine's tools. */
function archiveOf(tree: string): string {
  const out = mkdtempSync(path.join(scratch, 'out-'));
  const madeAt = path.join(out, 'made-at');
  run('sh', ['-euc', newestOf, path.join(tree, 'usr/share/doc'), madeAt]);
  run('sh', ['-euc', packLayer, 'sh', tree, out, madeAt, ...excluded]);
  for (const { name, content } of ociDocuments(labels))
    writeFileSync(path.join(out, `${name}.json`), `${JSON.stringify(content)}\n`);
  run('sh', ['-euc', packArchive, 'sh', out]);
  return path.join(out, ociFile);
}

function unpacked(archive: string) {
  const layout = mkdtempSync(path.join(scratch, 'layout-'));
  run('tar', ['-xf', archive, '-C', layout]);
  const json = (name: string) => JSON.parse(readFileSync(path.join(layout, name), 'utf8')) as unknown;
  return { layout, json };
}

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

/** image-spec, descriptor.md: digest and size must be those of the content. */
function blobOf(layout: string, { digest, size }: Descriptor): Buffer {
  expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  const bytes = readFileSync(path.join(layout, 'blobs', ...digest.split(':')));
  expect(`sha256:${sha256(bytes)}`).toBe(digest);
  expect(bytes.length).toBe(size);
  return bytes;
}

test('the archive is what the image specification says: layout, index, manifest, configuration, layer', () => {
  const { layout, json } = unpacked(archiveOf(treeAt(new Date())));
  expect(json('oci-layout')).toEqual({ imageLayoutVersion: '1.0.0' });
  const index = json('index.json') as { manifests: readonly Descriptor[] };
  expect(index).toMatchObject({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: [
      {
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        platform: { architecture: 'amd64', os: 'linux' },
        annotations: { 'org.opencontainers.image.ref.name': 'nano' },
      },
    ],
  });
  const [first] = index.manifests;
  if (first === undefined) throw new Error('no manifest');
  const manifest = JSON.parse(blobOf(layout, first).toString()) as {
    config: Descriptor;
    layers: readonly Descriptor[];
  };
  expect(manifest).toMatchObject({ schemaVersion: 2, mediaType: first.mediaType });
  expect(manifest.config.mediaType).toBe('application/vnd.oci.image.config.v1+json');
  expect(manifest.layers.map(({ mediaType }) => mediaType)).toEqual(['application/vnd.oci.image.layer.v1.tar+zstd']);
  const config = JSON.parse(blobOf(layout, manifest.config).toString()) as { rootfs: { diff_ids: readonly string[] } };
  expect(config).toMatchObject({
    architecture: 'amd64',
    os: 'linux',
    config: {
      Cmd: ['/usr/lib/systemd/systemd'],
      Labels: { 'org.opencontainers.image.title': 'Phyllome OS nano', 'os.phyllome.base': 'debian-13' },
    },
    rootfs: { type: 'layers' },
  });
  const [layer] = manifest.layers;
  if (layer === undefined) throw new Error('no layer');
  blobOf(layout, layer);
  const tar = run('zstd', ['-dcq', path.join(layout, 'blobs', ...layer.digest.split(':'))]);
  expect(config.rootfs.diff_ids).toEqual([`sha256:${sha256(tar)}`]);
  // Nothing else is in it.
  expect(run('find', ['blobs', '-type', 'f'], layout).toString().trim().split('\n')).toHaveLength(3);
  // The tree is, without what belongs to a boot, or to the build.
  writeFileSync(path.join(layout, 'layer.tar'), tar);
  const names = run('tar', ['-tf', 'layer.tar'], layout).toString().trim().split('\n');
  expect(names).toEqual(expect.arrayContaining(['./bin', './etc/hostname', './usr/bin/bash', './boot/', './tmp/']));
  expect(names.filter((name) => /initrd|hidden/.test(name))).toEqual([]);
});

test('the same content of another day is the same archive; another content is not', () => {
  const sum = (built: Date, change?: string) => {
    const tree = treeAt(built);
    if (change !== undefined) writeFileSync(path.join(tree, 'etc/hostname'), change);
    return sha256(readFileSync(archiveOf(tree)));
  };
  const first = sum(new Date('2026-05-01T00:00:00Z'));
  expect(sum(new Date('2026-06-01T00:00:00Z'))).toBe(first);
  expect(sum(new Date('2026-06-01T00:00:00Z'), 'other')).not.toBe(first);
});

test('the stage packs the finished tree without network, and what is in memory of a running system stays out', () => {
  const { steps } = ociStage(labels, 1e9, 'user-namespace');
  const layer: readonly string[] = steps[0]?.argv ?? [];
  expect(layer).toEqual(expect.arrayContaining(['--unshare-net', './dev/*', './run/*', './var/tmp/*', './vmlinuz*']));
  expect(steps.map(({ id }) => id)).toEqual(['layer', 'config', 'manifest', 'index', 'archive', 'facts']);
});
