import { expect, test } from 'vitest';
import { renderOwn, resolveOwn } from './own-flavour.ts';

const installed = (options = '', ...more: readonly string[]) => [
  'extends: headless',
  'components: [disk]',
  ...(options ? [`options: {disk: ${options}}`] : []),
  ...more,
];

const combinations = ['ext4', 'xfs', 'btrfs'].flatMap((fileSystem) =>
  [false, true].flatMap((encrypted) =>
    ['grub', 'systemd-boot'].flatMap((loader) =>
      ['fedora-43', 'fedora-44', 'fedora-45', 'fedora-rawhide'].map((base) => ({
        fileSystem,
        encrypted,
        loader,
        base,
      })),
    ),
  ),
);

test.each(combinations)('$fileSystem, encrypted: $encrypted, $loader on $base', ({ base, ...options }) => {
  const { findings, model } = renderOwn(installed(JSON.stringify(options)), base, 'installer');
  expect(findings).toEqual([]);
  const { part, bootloader, reqpart, clearpart, zerombr } = model.commands;
  const root = part.find(({ mountpoint }) => mountpoint === '/');
  expect(root).toMatchObject({ fstype: options.fileSystem, grow: true });
  expect(root?.encrypted ?? false).toBe(options.encrypted);
  expect(root?.passphrase ?? '').toBe('');
  const isGrub = options.loader === 'grub';
  expect(part.map(({ mountpoint }) => mountpoint)).toEqual([isGrub ? '/boot' : '/boot/efi', '/']);
  expect(reqpart !== undefined).toBe(isGrub);
  expect(bootloader?.sdboot ?? false).toBe(!isGrub);
  // Nothing on the disk is touched before a person says so.
  expect([clearpart, zerombr]).toEqual([undefined, undefined]);
});

test('unattended: disks are wiped, which the flavour has to say', () => {
  const { findings, model } = renderOwn(installed('', 'unattended: true'), 'fedora-44', 'installer');
  expect(findings).toEqual([]);
  expect(model.commands.clearpart).toMatchObject({ initAll: true });
  expect(model.commands.zerombr).toBeDefined();
});

test('unattended and encrypted is refused: nobody types the passphrase', () => {
  const { diagnostics } = resolveOwn(installed('{encrypted: true}', 'unattended: true'), 'fedora-44');
  expect(diagnostics.map(({ code, span }) => `${code} ${span?.file}`)).toEqual([
    'empty-passphrase overlays/disk/component.yaml',
  ]);
  const { findings } = renderOwn(installed('{encrypted: true}'), 'fedora-44', 'disk');
  expect(findings.map(({ code }) => code)).toEqual(['empty-passphrase']);
});

test.each([
  ['{fileSystem: zfs}', 'wrong-option'],
  ['{size: 100}', 'wrong-option'],
  ['{loader: lilo}', 'wrong-option'],
])('%s is refused', (options, code) => {
  expect(resolveOwn(installed(options), 'fedora-44').diagnostics.map((one) => one.code)).toEqual([code]);
});

test('debian-13 has no installer: it is said so, with the line that asks for a disk', () => {
  const { diagnostics } = resolveOwn(installed(), 'debian-13');
  expect(diagnostics).toMatchObject([
    { code: 'not-for-base', message: 'component `disk` is not for debian-13: it is for fedora-44' },
  ]);
  expect(diagnostics[0]?.related).toMatchObject([{ message: 'it comes in here' }]);
});

test('a live session and an installation exclude each other', () => {
  const { diagnostics } = resolveOwn(['extends: headless', 'components: [disk, live-session]'], 'fedora-44');
  expect(diagnostics.map(({ code }) => code)).toEqual(['component-conflict']);
});
