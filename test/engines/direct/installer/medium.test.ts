import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { fillDescription, mediumJson } from '../../../../scripts/engines/direct/installer/medium.ts';

const description = {
  title: 'Phyllome OS "x"',
  flavour: 'x',
  base: 'debian-13',
  kernelArguments: ['iommu=pt', 'a="b c"'],
  menuTimeout: 1,
  components: ['base'],
  computers: [],
  installationDisk: { buses: ['nvme'], minimumGiB: 100 },
} as const;

const listing = `Image: /run/result/initrd.img: 30M
========================================================================
dracut modules:
systemd-cryptsetup
dm
lvm
========================================================================
drwxr-xr-x   2 root root 0 Apr 11  2025 usr/lib/modules/6.12.1-amd64/kernel/fs/xfs
-rw-r--r--   2 root root 9 Apr 11  2025 usr/lib/modules/6.12.1-amd64/kernel/fs/xfs/xfs.ko.xz
-rw-r--r--   2 root root 9 Apr 11  2025 usr/lib/tpm2-tss
`;

/** The description, filled in by the step's own shell text. */
function filled(of: { listing: string; volumeId?: string }) {
  const directory = mkdtempSync(path.join(tmpdir(), 'medium-'));
  const file = (name: string, text: string) => {
    writeFileSync(path.join(directory, name), text);
    return path.join(directory, name);
  };
  const files = [
    file('medium.json', mediumJson(description, { volumeId: of.volumeId ?? 'PHYLLOME_X_1', hasKickstart: true })),
    file('root-size', '123456789\n'),
    file('listing', of.listing),
  ];
  const { status, stderr } = spawnSync('sh', ['-euc', fillDescription, ...files], { encoding: 'utf8' });
  return { status, stderr, text: readFileSync(files[0] ?? '', 'utf8') };
}

test('the description tells the program what the medium installs, and what its initramfs can open', () => {
  const { status, text } = filled({ listing });
  expect(status).toBe(0);
  expect(JSON.parse(text)).toEqual({
    format: 1,
    ...description,
    rootBytes: 123456789,
    kernelVersion: '6.12.1-amd64',
    volumeId: 'PHYLLOME_X_1',
    initramfs: { crypt: true, lvm: true, tpm2: false, raid: false, btrfs: false, xfs: true },
    kickstart: 'flavour.ks',
  });
});

test('a place that nothing fills, and an initramfs of no kernel or of two, stop the build', () => {
  expect(filled({ listing, volumeId: '@phyllome-volume-id@' }).status).not.toBe(0);
  expect(filled({ listing: 'dracut modules:\n===\n' })).toMatchObject({
    status: 1,
    stderr: 'the initramfs has not exactly one kernel: \n',
  });
  const two = `${listing}-rw-r--r-- 2 root root 9 Apr 11 2025 usr/lib/modules/7.0/modules.dep\n`;
  expect(filled({ listing: two }).status).toBe(1);
});

test('without a kickstart on the medium none is named', () => {
  expect(mediumJson(description, { volumeId: 'X', hasKickstart: false })).not.toContain('flavour.ks');
});
