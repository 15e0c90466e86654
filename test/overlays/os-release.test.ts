import { execFileSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { checkout, renderShipped } from '../render/shipped.ts';

const program = path.join(checkout, 'overlays/branding/rootfs/usr/libexec/phyllome-os-release');
/** What Debian 13 and Fedora's generic-release say, shortened. */
const DEBIAN = `PRETTY_NAME="Debian GNU/Linux 13 (trixie)"
NAME="Debian GNU/Linux"
VERSION_ID="13"
VERSION="13 (trixie)"
VERSION_CODENAME=trixie
ID=debian
HOME_URL="https://www.debian.org/"
BUG_REPORT_URL="https://bugs.debian.org/"
`;
const OURS = 'NAME="Phyllome OS"\nPRETTY_NAME="Phyllome OS headless 1.2.3"\n';

function system(): { readonly at: (name: string) => string; readonly run: () => void } {
  const root = mkdtempSync(path.join(tmpdir(), 'phyllome-os-release-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const at = (name: string) => path.join(root, name);
  for (const folder of ['etc', 'usr/lib/phyllome']) mkdirSync(at(folder), { recursive: true });
  writeFileSync(at('usr/lib/os-release'), DEBIAN);
  writeFileSync(at('usr/lib/phyllome/os-release'), OURS);
  symlinkSync('../usr/lib/os-release', at('etc/os-release'));
  return { at, run: () => execFileSync(program, { env: { PATH: '/usr/bin:/bin', PHYLLOME_ROOT: root } }) };
}

const WANTED = `VERSION_ID="13"\nVERSION="13 (trixie)"\nVERSION_CODENAME=trixie\nID=debian\n${OURS}`;

test('programs find the distribution’s id and versions, people our names; the distribution’s file stays', () => {
  const { at, run } = system();
  run();
  expect(readFileSync(at('etc/os-release'), 'utf8')).toBe(WANTED);
  expect(lstatSync(at('etc/os-release')).isSymbolicLink()).toBe(false);
  expect(statSync(at('etc/os-release')).mode & 0o777).toBe(0o644);
  expect(readFileSync(at('usr/lib/os-release'), 'utf8')).toBe(DEBIAN);
});

test('it writes only where something has changed, and takes over what an update brings', () => {
  const { at, run } = system();
  run();
  utimesSync(at('etc/os-release'), 1, 1);
  run();
  expect(statSync(at('etc/os-release')).mtimeMs).toBe(1000);
  writeFileSync(at('usr/lib/os-release'), DEBIAN.replaceAll('13', '14').replaceAll('trixie', 'forky'));
  run();
  expect(readFileSync(at('etc/os-release'), 'utf8')).toBe(WANTED.replaceAll('13', '14').replaceAll('trixie', 'forky'));
});

test('an image’s own part has edition and version; an installer’s is named as what it installs', () => {
  for (const [flavour, base, title] of [
    ['installer-headless', 'debian-13', 'headless'],
    ['nano', 'fedora-44', 'nano'],
  ] as const) {
    const { kickstart } = renderShipped(flavour, base);
    const own = /^put \/usr\/lib\/phyllome\/os-release .*\n([\s\S]*?)\nEOF$/m.exec(kickstart)?.[1];
    expect(own).toContain(`NAME="Phyllome OS"\nPRETTY_NAME="Phyllome OS ${title} ${manifest.version}"`);
    expect(own).not.toContain('installer');
    expect(kickstart).toContain('\n/usr/libexec/phyllome-os-release\n');
  }
});
