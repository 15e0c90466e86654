/** What Anaconda does not do, or does beyond what was asked, when it installs into a directory: seen with 43.48 to 45.21. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { model, parse } from 'kickstart-parser';
import { describe, expect, test } from 'vitest';
import { list } from '../../scripts/flavour/index.ts';
import { scratchDirectory } from '../commands/recording-context.ts';
import { renderOwn } from '../overlays/own-flavour.ts';
import { directories, renderShipped, shipped } from './shipped.ts';

const fedoras = list('base', directories)
  .map(({ name }) => name)
  .filter((name) => name.startsWith('fedora-'));
const ofFedora = shipped.filter(([, base]) => base.startsWith('fedora-'));
const own = (...lines: readonly string[]) => renderOwn(['extends: nano', ...lines], 'fedora-44');

/** Runs the %post that has `word` in a root tree of its own, as Anaconda leaves one. */
function runPost(kickstart: string, word: string, prepare: (root: string) => void = () => {}): string {
  const root = scratchDirectory();
  for (const directory of ['etc', 'boot', 'usr/lib']) mkdirSync(path.join(root, directory), { recursive: true });
  writeFileSync(path.join(root, 'etc/vconsole.conf'), 'KEYMAP="us"\nFONT="eurlatgr"\n');
  prepare(root);
  const script = model(parse(kickstart), 'F44').scripts.find(({ body }) => body.includes(word))?.body ?? '';
  expect(script).not.toBe('');
  // Fedora's cp has the first; this machine's may know the second alone, which Fedora's takes for an error.
  const runnable = script.replace('--update=none', '--no-clobber');
  execFileSync('sh', ['-c', runnable.replaceAll(/(?<=^|[\s"'])(\/(?:etc|boot|usr)\/)/gm, `${root}$1`)]);
  return root;
}

const read = (root: string, file: string) => readFileSync(path.join(root, file), 'utf8');

describe('the name of the host and the keyboard of sessions', () => {
  test('are written, for every Fedora image', () => {
    for (const [flavour, base] of ofFedora) {
      const { kickstart } = renderShipped(flavour, base);
      expect(kickstart).toMatch(/^\[ -s \/etc\/hostname \] \|\| printf '%s\\n' phyllome > \/etc\/hostname$/m);
    }
  });

  test.each([
    ['us', 'us', ''],
    ['de-nodeadkeys', 'de', ''],
    ['dvorak', 'us', 'dvorak'],
    ['uk', 'gb', ''],
  ])('of the key map %s', (keyboard, layout, variant) => {
    const { kickstart } = own(`system: {keyboard: ${keyboard}, hostname: tower}`);
    const root = runPost(kickstart, '00-keyboard.conf');
    expect(read(root, 'etc/hostname')).toBe('tower\n');
    expect(read(root, 'etc/vconsole.conf')).toBe(
      `KEYMAP="us"\nFONT="eurlatgr"\nXKBLAYOUT="${layout}"\nXKBVARIANT="${variant}"\n`,
    );
    const xorg = read(root, 'etc/X11/xorg.conf.d/00-keyboard.conf');
    expect(xorg).toContain(`Option "XkbLayout" "${layout}"\n`);
    expect(xorg).toContain(`Option "XkbVariant" "${variant}"\n`);
  });

  test('what is there already stays', () => {
    const root = runPost(own().kickstart, '00-keyboard.conf', (at) => {
      writeFileSync(path.join(at, 'etc/hostname'), 'other\n');
      mkdirSync(path.join(at, 'etc/X11/xorg.conf.d'), { recursive: true });
      writeFileSync(path.join(at, 'etc/X11/xorg.conf.d/00-keyboard.conf'), 'mine\n');
    });
    expect(read(root, 'etc/hostname')).toBe('other\n');
    expect(read(root, 'etc/X11/xorg.conf.d/00-keyboard.conf')).toBe('mine\n');
  });
});

test('chrony comes where a component asks for it, and nowhere else', () => {
  for (const [flavour, base] of ofFedora) {
    const { commands, packages } = model(parse(renderShipped(flavour, base).kickstart), 'F44');
    const asks = packages?.packages.some(({ name }) => name === 'chrony') === true;
    expect(commands.timesource.some(({ ntpDisable }) => ntpDisable === true)).toBe(!asks);
  }
});

test.each([
  ['en_US.UTF-8', ['langpacks-en', 'langpacks-en_US']],
  ['pt_BR.UTF-8', ['langpacks-pt', 'langpacks-pt_BR']],
  ['C.UTF-8', ['langpacks-en']],
])('nothing is added for the language %s, the kernel or the machine that builds', (lang, langpacks) => {
  const { packages } = model(parse(own(`system: {lang: ${lang}}`).kickstart), 'F44');
  expect(packages?.excludedPackages.map(({ name }) => name)).toEqual([...langpacks, 'kernel']);
  expect(packages?.excludedGroups.map(({ name }) => name)).toEqual([
    'platform-kvm',
    'platform-microsoft',
    'platform-vmware',
  ]);
});

test('what is asked for is not left out', () => {
  const { packages } = model(parse(own('packages: {add: [{exact: kernel}]}').kickstart), 'F44');
  expect(packages?.packages.map(({ name }) => name)).toContain('kernel');
  expect(packages?.excludedPackages.map(({ name }) => name)).not.toContain('kernel');
});

test.each(fedoras)('the boot files of %s are copied where no package made their folder', (base) => {
  const { kickstart } = renderShipped('nano', base);
  const without = runPost(kickstart, '/usr/lib/efi');
  expect(existsSync(path.join(without, 'boot/efi'))).toBe(false);
  const root = runPost(kickstart, '/usr/lib/efi', (at) => {
    for (const file of ['shim/15.8/EFI/fedora/shimx64.efi', 'grub2/1:2.12-60.fc44/EFI/fedora/gcdx64.efi']) {
      mkdirSync(path.join(at, 'usr/lib/efi', path.dirname(file)), { recursive: true });
      writeFileSync(path.join(at, 'usr/lib/efi', file), 'boot');
    }
  });
  expect(readdirSync(path.join(root, 'boot/efi/EFI/fedora')).sort()).toEqual(['gcdx64.efi', 'shimx64.efi']);
});
