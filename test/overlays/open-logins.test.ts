import { expect, test } from 'vitest';
import { Library } from '../../scripts/flavour/index.ts';
import { opensLogin } from '../../scripts/flavour/open-logins.ts';
import { sourceDirectories } from '../../scripts/places/index.ts';
import { renderFlavour } from '../../scripts/render/index.ts';
import { checkout, templates } from '../render/shipped.ts';
import { resolveOwn } from './own-flavour.ts';

const codes = (lines: readonly string[], base = 'debian-13') =>
  resolveOwn(lines, base).diagnostics.map((one) => one.code);

test('a live session does not go with a disk that the image is; both places are told', () => {
  const { diagnostics } = resolveOwn(['extends: live-headless', 'components: [disk-image]'], 'debian-13');
  expect(diagnostics.map(({ code }) => code)).toEqual(['component-conflict']);
  expect(JSON.stringify(diagnostics)).toContain('live-headless.yaml');
});

test('a session without a login on a disk is refused with both places, unless it is meant', () => {
  const lines = ['extends: virtual-kiosk', 'components: [disk-image]'];
  const { diagnostics } = resolveOwn(lines, 'debian-13');
  expect(diagnostics).toMatchObject([
    {
      code: 'open-login-on-disk',
      message: '`/etc/greetd/config.toml` logs somebody in without a password (kiosk), on a system that stays',
      span: { file: 'overlays/kiosk/rootfs/etc/greetd/config.toml' },
      related: [{ span: { file: 'overlays/disk-image/component.yaml' } }],
    },
  ]);
  expect(codes([...lines, 'acknowledge: [automatic-login]'])).toEqual([]);
  expect(codes(['extends: virtual-kiosk'])).toEqual([]);
});

test.each<[string, string, string]>([
  [
    'a console that logs in',
    'kernelArguments: [{argument: systemd.debug-shell, reason: somebody debugs it}]',
    'open-login-on-disk',
  ],
  [
    'a shell in the initramfs',
    'kernelArguments: [{argument: rd.break=pre-mount, reason: somebody debugs it}]',
    'open-login-on-disk',
  ],
  ...[
    'init=/bin/bash',
    'rdinit=/bin/sh',
    'SYSTEMD_SULOGIN_FORCE=1',
    'rd.systemd.debug_shell',
    'systemd.debug_shell=ttyS0',
  ].map((argument): [string, string, string] => [
    argument,
    `kernelArguments: [{argument: ${argument}, reason: somebody debugs it}]`,
    'open-login-on-disk',
  ]),
])('%s', (_, line, code) => {
  expect(codes(['extends: headless-disk', line])).toEqual([code]);
  expect(codes(['extends: headless', line])).toEqual([]);
});

test('a flavour that is put on a disk by an installer is asked the same', () => {
  for (const [name, isOpen] of [
    ['live-headless', true],
    ['live-kiosk', true],
    ['installed-headless', false],
  ] as const) {
    const { flavour } = resolveOwn([`extends: ${name}`], 'fedora-44');
    if (!flavour) throw new Error(`${name} does not resolve`);
    const said = (purpose: 'live' | 'disk' | 'installer') =>
      renderFlavour(flavour, templates, purpose).diagnostics.filter(({ code }) => code === 'open-login-on-disk');
    expect(said('live')).toEqual([]);
    for (const purpose of ['disk', 'installer'] as const) expect(said(purpose).length > 0).toBe(isOpen);
  }
});

/** Every component with each value that its options may have. */
function choices(): readonly (readonly [string, string])[] {
  const library = new Library(sourceDirectories(checkout, []));
  return library.names('component').flatMap((name) => {
    const options = library.load('component', name)?.data?.options ?? {};
    const values = Object.entries(options).flatMap(([option, declared]) => {
      const of = declared.type === 'enum' ? (declared.values ?? []) : declared.type === 'boolean' ? [true, false] : [];
      return of.map((value): readonly [string, string] => [name, `options: {${name}: {${option}: ${value}}}`]);
    });
    return values.length === 0 ? [[name, ''] as const] : values;
  });
}

test.each([
  ['debian-13', 'disk-image'],
  ['fedora-44', 'disk-image'],
  ['fedora-44', 'disk'],
])('on %s no component goes with %s that lets somebody in', (base, permanent) => {
  let resolved = 0;
  for (const [name, options] of choices()) {
    const { flavour, diagnostics } = resolveOwn(
      [
        'extends: nano',
        `components: [${[...new Set([permanent, name])].join(', ')}]`,
        ...(options === '' ? [] : [options]),
      ],
      base,
    );
    if (flavour === undefined || diagnostics.some(({ severity }) => severity === 'error')) continue;
    resolved++;
    const open = flavour.files.filter(({ path: file, content }) => 'text' in content && opensLogin(file, content.text));
    expect(open.map(({ path: file }) => `${name} ${options}: ${file}`)).toEqual([]);
  }
  // Most of them do go with a disk.
  expect(resolved).toBeGreaterThan(30);
});
