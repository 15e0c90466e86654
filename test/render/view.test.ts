import { expect, test } from 'vitest';
import type { ResolvedFlavour } from '../../scripts/flavour/index.ts';
import { viewOf } from '../../scripts/render/view.ts';
import { at, resolved } from './sourced.ts';

/** A flavour of the test tree in which some things are other. */
function view(more: Partial<ResolvedFlavour> = {}, purpose?: Parameters<typeof viewOf>[1]) {
  return viewOf({ ...resolved(), ...more }, purpose);
}

const fedora = () => ({ ...resolved().base, family: 'rpm' as const });
const here = <T>(value: T, line: number) => ({ value, at: at(line) });

test('the flavour, and the computer that it is for where there is one', () => {
  expect(view().flavour).toEqual({ name: 'small', summary: 'a flavour for tests', source: 'flavours/small.yaml' });
  expect(view()).not.toHaveProperty('hardware');
  const hardware = { name: 'box', summary: 'a box', power: 'desktop', at: at(3), devices: [] } as const;
  expect(view({ hardware })).toMatchObject({ hardware: { name: 'box', at: at(3) } });
});

test('a base has a root of ten GiB where it says nothing else', () => {
  const { base } = view();
  expect(base).toEqual({
    name: 'test-1',
    kickstartVersion: 'F44',
    isRpm: false,
    rootSizeMiB: { value: '10240', at: resolved().base.at },
  });
  expect(view({ base: { ...fedora(), rootSizeMiB: here(4096, 5) } }).base).toMatchObject({
    isRpm: true,
    rootSizeMiB: here('4096', 5),
  });
});

test('languages of an installed system: English and its own, each once', () => {
  const system = resolved().system;
  const languages = (lang: string) => view({ system: { ...system, lang: here(lang, 1) } }).instLangs;
  expect(languages('de_DE.UTF-8')).toBe('en:de');
  expect(languages('en_GB.UTF-8')).toBe('en');
});

test('a live system is told its kernel’s arguments by its medium', () => {
  expect(view().writesKernelCommandLine).toBe(true);
  expect(view({}, 'live').writesKernelCommandLine).toBe(true);
  expect(view({}, 'disk').writesKernelCommandLine).toBe(false);
  const bootloader = (command: string) =>
    view({ kickstart: [{ command, reason: 'why', by: 'core', at: at(1) }] }).writesKernelCommandLine;
  expect(bootloader('bootloader --location=none --timeout=1')).toBe(true);
  expect(bootloader('bootloader --location=none')).toBe(true);
  expect(bootloader('bootloader --location=nonesuch')).toBe(false);
  expect(bootloader('bootloader --location=mbr')).toBe(false);
});

test('what a user does not say is false, as templates run in strict mode', () => {
  const user = { name: 'me', groups: [], by: 'flavour small', at: at(4) };
  expect(view({ users: [user] }).users).toEqual([
    { name: here('me', 4), gecos: false, groups: false, shell: false, uid: false, passwordHash: false },
  ]);
  const all = { ...user, gecos: 'Me', groups: ['a', 'b'], shell: '/bin/zsh', uid: 1234, passwordHash: '$6$x' };
  expect(view({ users: [all] }).users).toEqual([
    {
      name: here('me', 4),
      gecos: here('Me', 4),
      groups: here('a,b', 4),
      shell: here('/bin/zsh', 4),
      uid: here('1234', 4),
      passwordHash: here('$6$x', 4),
    },
  ]);
  expect(view({ users: [{ ...user, gecos: '' }] }).users[0]?.gecos).toBe(false);
});

test('keys and kernel arguments carry their places', () => {
  expect(view({ sshKeys: [{ user: 'me', key: 'ssh-ed25519 A', by: 'x', at: at(2) }] }).sshKeys).toEqual([
    { user: here('me', 2), key: here('ssh-ed25519 A', 2) },
  ]);
  const kernelArguments = [{ argument: 'quiet', reason: 'calm', by: 'core', at: at(6) }];
  expect(view({ kernelArguments }).kernelArguments).toEqual([here('quiet', 6)]);
});

test('the main repository is a url, others are base urls, mirror lists are said to be such', () => {
  const repositories = [
    { id: 'main', baseurl: 'http://a', at: at(1) },
    { id: 'more', baseurl: 'http://b', at: at(2) },
    { id: 'list', mirrorlist: 'http://c', at: at(3) },
  ];
  const base = { ...resolved().base, repositories };
  expect(view({ base }).repositories).toEqual([
    { isMain: true, id: here('main', 1), option: '--url', address: here('http://a', 1) },
    { isMain: false, id: here('more', 2), option: '--baseurl', address: here('http://b', 2) },
    { isMain: false, id: here('list', 3), option: '--mirrorlist', address: here('http://c', 3) },
  ]);
  const listed = { ...base, repositories: [{ id: 'main', mirrorlist: 'http://c', at: at(1) }] };
  expect(view({ base: listed }).repositories[0]?.option).toBe('--mirrorlist');
});

const owned = { mode: '0644', owner: 'root', group: 'root' };
const file = { path: '/etc/a', source: 'overlays/core/rootfs/etc/a', content: { text: 'a\nb\n' }, ...owned };

test('each component and each layer has its own files, directories and links', () => {
  const { overlays } = view({
    files: [
      { ...file, by: 'core', at: at(1) },
      { ...file, path: '/etc/b', lines: [7], by: 'flavour small', at: at(2) },
    ],
    directories: [{ path: '/srv/d', ...owned, mode: '0750', by: 'core', at: at(3) }],
    links: [{ path: '/etc/deep/link', target: '../a', by: 'core', at: at(4) }],
  });
  expect(overlays).toMatchObject([
    {
      title: 'Component core: the core of tests',
      hasOverlay: true,
      selinux: false,
      files: [{ path: '/etc/a' }],
      directories: [{ path: here('/srv/d', 3), mode: '0750' }],
      links: [{ path: here('/etc/deep/link', 4), target: '../a', parent: here('/etc/deep', 4) }],
      labelled: [],
    },
    {
      title: 'Files of flavour small itself',
      hasOverlay: true,
      files: [{ path: '/etc/b' }],
      directories: [],
      links: [],
    },
  ]);
  expect(overlays[0]?.files[0]?.placeOfLine(2)).toEqual({ file: file.source, line: 2 });
  expect([1, 2].map((line) => overlays[1]?.files[0]?.placeOfLine(line))).toEqual([
    { file: file.source, line: 7 },
    { file: file.source, line: 2 },
  ]);
});

test.each(['files', 'directories', 'links'] as const)('one of its %s is enough for an overlay', (kind) => {
  const entries = {
    files: [{ ...file, by: 'core', at: at(1) }],
    directories: [{ path: '/d', ...owned, by: 'core', at: at(1) }],
    links: [{ path: '/l', target: 'x', by: 'core', at: at(1) }],
  };
  const none = { files: [], directories: [], links: [] };
  expect(view({ ...none, [kind]: entries[kind] }).overlays.map(({ hasOverlay }) => hasOverlay)).toEqual([true, false]);
  expect(view(none).overlays.map(({ hasOverlay }) => hasOverlay)).toEqual([false, false]);
});

test('SELinux types are for Fedora, of files and directories that say one', () => {
  const more = {
    files: [
      { ...file, selinux: 'etc_t', by: 'core', at: at(1) },
      { ...file, path: '/etc/b', by: 'core', at: at(2) },
    ],
    directories: [{ path: '/d', ...owned, selinux: 'var_t', by: 'core', at: at(3) }],
  };
  expect(view(more)).toMatchObject({ selinux: false, overlays: [{ selinux: false, labelled: [] }, { labelled: [] }] });
  expect(view({ ...more, base: fedora() })).toMatchObject({
    selinux: true,
    overlays: [
      {
        selinux: true,
        labelled: [
          { type: here('etc_t', 1), path: here('/etc/a', 1) },
          { type: here('var_t', 3), path: here('/d', 3) },
        ],
      },
      { labelled: [] },
    ],
  });
});

test('units by what is to be done with them, the system’s and the users’', () => {
  const unit = (name: string, preset: 'enable' | 'disable' | 'mask', line: number) => ({
    name,
    preset,
    logical: name,
    mapped: at(1),
    reason: 'why',
    by: 'core',
    at: at(line),
  });
  const units = [unit('a', 'enable', 1), unit('b', 'mask', 2), unit('c', 'disable', 3), unit('d', 'enable', 4)];
  const { presets } = view({ units, userUnits: [unit('u', 'mask', 5)] });
  const named = (name: string, line: number) => ({ name: here(name, line) });
  expect(presets).toMatchObject({
    enable: [named('a', 1), named('d', 4)],
    disable: [named('c', 3)],
    mask: [named('b', 2)],
    user: { enable: [], disable: [], mask: [named('u', 5)] },
  });
  expect(presets.files.map(({ path }) => path)).toContain('/usr/lib/systemd/user-preset/50-phyllome.preset');
});
