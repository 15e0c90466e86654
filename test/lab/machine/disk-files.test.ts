import { describe, expect, test } from 'vitest';
import { diskArguments } from '../../../scripts/lab/machine/disk-arguments.ts';
import { kernelLine, prepareDiskFiles } from '../../../scripts/lab/machine/disk-files.ts';
import { imagesOf, keptImagesOf } from '../../../scripts/lab/machine/topology.ts';
import { resolveTopology } from '../../../scripts/lab/topology/index.ts';
import { RecordingRunner } from '../../../scripts/process/index.ts';

test('the kernel line of an entry of a boot menu, without GRUB’s quotes', () => {
  const menu = [
    'set timeout=3',
    "menuentry 'Phyllome OS' {",
    "  linux /boot/vmlinuz $medium_file root=live:CDLABEL=X rd.live.image 'a=b c' 'it='\\''s'",
    '  initrd /boot/initrd.img',
    '}',
    'menuentry second {',
    '  linux /boot/vmlinuz other',
    '}',
  ].join('\n');
  expect(kernelLine(menu, 1)).toBe(`root=live:CDLABEL=X rd.live.image "a=b c" it='s`);
  expect(kernelLine(menu, 2)).toBe('other');
  expect(kernelLine(menu, 3)).toBeUndefined();
  expect(kernelLine('set timeout=3\n', 1)).toBeUndefined();
});

test('a disk that holds an image is made over it, and what is larger than the image says how large', async () => {
  const topology = resolveTopology(
    {
      topology: 'x',
      summary: 'x',
      boot: { from: 'disk', sizeMiB: 9000 },
      disks: [
        { bus: 'virtio', sizeMiB: 64 },
        { bus: 'virtio', sizeMiB: 8000, holds: 'the-image' },
        { bus: 'usb', sizeMiB: 500, holds: '/other.iso' },
      ],
    },
    { accelerator: 'tcg', imageFile: '/out/nano.qcow2' },
  );
  const runner = new RecordingRunner();
  await prepareDiskFiles({ topology, toolsRoot: '/tools', runner, directory: '/run', snapshots: false });
  const made = runner.commands.map(({ argv }) => argv.slice(argv.indexOf('qemu-img') + 5).join(' '));
  expect(made).toEqual([
    '/run/disk0.qcow2 64M',
    '-b /out/nano.qcow2 -F qcow2 /run/disk1.qcow2 8000M',
    '-b /other.iso -F raw /run/disk2.qcow2 500M',
    '-b /out/nano.qcow2 -F qcow2 /run/layer.qcow2 9000M',
  ]);
  expect(imagesOf(topology)).toEqual(['/out/nano.qcow2', '/other.iso']);
});

describe('a disk that keeps what is written to it', () => {
  const keptDisk = { file: '/my-host/disk.qcow2', sizeMiB: 65536 };
  const options = { toolsRoot: '/tools', directory: '/run', snapshots: false };
  const resolved = (imageFile: string) =>
    resolveTopology({ topology: 'x', summary: 'x' }, { accelerator: 'tcg', imageFile, keptDisk });
  const argumentsOf = async (imageFile: string) => {
    const topology = resolved(imageFile);
    const runner = new RecordingRunner();
    const files = await prepareDiskFiles({ topology, runner, ...options });
    // No layer, and no disk made anew.
    expect(runner.commands).toEqual([]);
    return diskArguments(topology, files).join(' ');
  };

  test('is started from before the medium, and written to itself', async () => {
    const line = await argumentsOf('/out/x.iso');
    expect(line).toContain('"filename":"/my-host/disk.qcow2"}} -device virtio-blk-pci,drive=disk0,');
    expect(line).toMatch(/drive=disk0\S*,bootindex=0/);
    expect(line).toMatch(/ide-cd,drive=medium,bus=ide\.0,bootindex=1/);
    expect(keptImagesOf(resolved('/out/x.iso'))).toEqual(['/my-host/disk.qcow2']);
  });

  test('can be all that the machine has', async () => {
    const line = await argumentsOf(keptDisk.file);
    expect(line).toContain('"node-name":"medium","file":{"driver":"file","filename":"/my-host/disk.qcow2"}');
    expect(line).toMatch(/^-blockdev \S+ -device virtio-blk-pci,drive=medium\S*,bootindex=0$/);
    expect(keptImagesOf(resolved(keptDisk.file))).toEqual(['/my-host/disk.qcow2']);
    expect(resolved(keptDisk.file).tpm).toBe(true);
  });

  test('of any other nothing is written to', () => {
    const topology = resolveTopology({ topology: 'x', summary: 'x' }, { accelerator: 'tcg', imageFile: '/x.qcow2' });
    expect(keptImagesOf(topology)).toEqual([]);
    expect(topology.tpm).toBe(false);
  });
});

test('what a firmware fetches whole is served from where it lies, and no medium is there', async () => {
  const circumstances = { accelerator: 'tcg', imageFile: '/out/nano/pxe/boot.ipxe' } as const;
  const topology = resolveTopology({ topology: 'x', summary: 'x' }, circumstances);
  const runner = new RecordingRunner();
  const options = { toolsRoot: '/tools', runner, directory: '/run', snapshots: false };
  const files = await prepareDiskFiles({ topology, ...options });
  expect(runner.commands).toEqual([]);
  expect(files.tftp).toEqual({ directory: '/out/nano/pxe', file: 'boot.ipxe' });
  // QEMU may read the directory, and nothing else beside it.
  expect(imagesOf(topology)).toEqual(['/out/nano/pxe']);
  expect(diskArguments(topology, files)).toEqual([]);
  const other = resolveTopology(
    { topology: 'x', summary: 'x', boot: { from: 'pxe', kernelArguments: ['a=b'] } },
    circumstances,
  );
  await expect(prepareDiskFiles({ topology: other, ...options })).rejects.toThrow('one kernel line');
});
