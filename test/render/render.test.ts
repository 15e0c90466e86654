import { readFileSync } from 'node:fs';
import path from 'node:path';
import { model, parse } from 'kickstart-parser';
import { describe, expect, test } from 'vitest';
import { renderFlavour } from '../../scripts/render/index.ts';
import { resolveIn, sourceTree } from '../flavour/source-tree.ts';
import { checkout, renderShipped, resolveShipped, shipped, templates } from './shipped.ts';

const read = new Map<string, readonly string[]>();
const sourceLines = (file: string): readonly string[] => {
  const lines = read.get(file) ?? readFileSync(path.join(checkout, file), 'utf8').split('\n');
  read.set(file, lines);
  return lines;
};

describe.each(shipped)('%s on %s', (flavour, base) => {
  const { kickstart, map, diagnostics } = renderShipped(flavour, base);
  const lines = kickstart.split('\n').slice(0, -1);

  test('is read without findings', () => {
    expect(diagnostics).toEqual([]);
  });

  test('is the same bytes each time', () => {
    expect(renderShipped(flavour, base)).toEqual({ flavour, base, kickstart, map, diagnostics });
  });

  test('maps every line to a line that exists', () => {
    expect(map.lines).toHaveLength(lines.length);
    // One comparison for all lines: an expectation for each of them took two seconds.
    const astray = map.lines.filter(([source, line]) => sourceLines(map.sources[source] ?? '').length < line);
    expect(astray).toEqual([]);
  });

  test('maps the lines of embedded files to themselves, or to the template that made them', () => {
    const overlays = new Set(map.files.map(({ source }) => source).filter((source) => source.startsWith('overlays/')));
    const wrong = lines.filter((text, index) => {
      const [source = -1, line = 0] = map.lines[index] ?? [];
      const file = map.sources[source] ?? '';
      const isFrame = /^(?:put |EOF|head -c -1 )/.test(text);
      const origin = overlays.has(file) ? sourceLines(file)[line - 1] : text;
      return !isFrame && origin !== text && !(file.endsWith('.hbs') && origin?.includes('{{'));
    });
    expect(wrong).toEqual([]);
  });

  test('locks root, and opens nothing with a password', () => {
    const { commands } = model(parse(kickstart, { file: 'x' }), 'F44');
    expect(commands.rootpw).toMatchObject({ lock: true });
    for (const { password } of commands.user) expect(password).toBeUndefined();
    expect(kickstart).not.toMatch(/--password|--plaintext/);
  });

  test('lets no script fail unseen', () => {
    const { scripts } = model(parse(kickstart, { file: 'x' }), 'F44');
    for (const script of scripts) {
      expect(script.erroronfail).toBe(true);
      expect(script.body).toMatch(/^set -eu$/m);
    }
  });

  test('names the component of every unit, with a reason', () => {
    const { units } = resolveShipped(flavour, base);
    expect(map.units.map(({ name }) => name)).toEqual(units.map(({ name }) => name));
    for (const unit of map.units) expect(unit.reason).not.toBe('');
  });
});

describe('on Fedora, livemedia-creator', () => {
  const { kickstart } = renderShipped('headless', 'fedora-44');
  const { commands, packages } = model(parse(kickstart, { file: 'x' }), 'F44');

  test('finds what it insists on', () => {
    expect(kickstart).toMatch(/^dracut-live$/m);
    expect(commands.url?.mirrorlist).toMatch(/^https:/);
    expect(commands.network).toHaveLength(1);
    expect(commands.displayMode).toBeUndefined();
    expect(commands.part).toMatchObject([{ mountpoint: '/', size: 10240 }]);
    expect(commands.reboot?.action).toBe('shutdown');
    expect(commands.selinux?.mode).toBe('enforcing');
    expect(commands.repo.map(({ name }) => name)).not.toContain('updates');
  });

  test('gets no monolithic libvirtd and no package that drags every QEMU module in', () => {
    const names = packages?.packages.map(({ name }) => name);
    expect(names).not.toContain('libvirt-daemon');
    expect(names).not.toContain('qemu-kvm');
    expect(kickstart).not.toMatch(/^enable libvirtd/m);
  });

  test('remakes the initramfs behind the overlays', () => {
    expect(kickstart.indexOf('dracut --force')).toBeGreaterThan(kickstart.indexOf('90-phyllome-vfio.conf'));
  });
});

describe('on Debian', () => {
  const { kickstart } = renderShipped('headless', 'debian-13');

  test('no command is there that the direct engine cannot honour', () => {
    const { present } = model(parse(kickstart, { file: 'x' }), 'F44');
    const names = new Set(present.map(({ name }) => name));
    expect([...names].sort()).toEqual(
      ['bootloader', 'keyboard', 'lang', 'network', 'part', 'repo', 'rootpw', 'shutdown', 'timezone', 'url'].sort(),
    );
  });

  test('presets are applied to named units only: without a rule of its own Debian enables the rest', () => {
    expect(kickstart).not.toContain('preset-all');
    expect(kickstart).toMatch(/^disable \*$/m);
  });
});

test('users reach the kickstart quoted, and their password hash reaches nothing else', () => {
  const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUm';
  const hash = `$6$salt$${'x'.repeat(86)}`;
  const root = sourceTree({
    'flavours/small.yaml': `flavour: small\nsummary: with a user\nbase: test-1\ncomponents: [core]\nusers:\n  - {name: me, gecos: "Me #1, \\\\o/", groups: [a, b], uid: 1234, passwordHash: "${hash}"}\nsshKeys:\n  - {user: me, key: "${key} me and you"}\n`,
  });
  const { flavour } = resolveIn(root);
  if (!flavour) throw new Error('the flavour is well-formed');
  const { kickstart, map, diagnostics } = renderFlavour(flavour, templates);
  expect(diagnostics).toEqual([]);
  const { commands } = model(parse(kickstart, { file: 'x' }), 'F44');
  expect(commands.user).toMatchObject([
    { name: 'me', gecos: 'Me #1, \\o/', groups: ['a', 'b'], uid: 1234, password: hash, isCrypted: true },
  ]);
  expect(commands.sshkey).toMatchObject([{ username: 'me', key: `${key} me and you` }]);
  expect(JSON.stringify(map)).not.toContain(hash);
});
