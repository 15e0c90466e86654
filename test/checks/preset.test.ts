import { expect, test } from 'vitest';
import { decidingPreset, parsePresetLines } from '../../scripts/checks/preset.ts';
import { presetPattern } from '../../scripts/flavour/index.ts';

test('a preset pattern means what systemd means by it', () => {
  expect(presetPattern('virt*d.service').test('virtqemud.service')).toBe(true);
  expect(presetPattern('virt*d.service').test('virtqemudXservice')).toBe(false);
  expect(presetPattern('getty@.service').test('getty@tty1.service')).toBe(true);
  expect(presetPattern('a?.service').test('a.service')).toBe(false);
});

test('the first line that stands for a unit decides, by the names of files; one in /etc hides its namesake', () => {
  const lines = parsePresetLines(`/etc/systemd/system-preset/50-b.preset:3:disable ssh.service
/usr/lib/systemd/system-preset/50-b.preset:1:enable libvirtd.service
/usr/lib/systemd/system-preset/20-a.preset:1:enable getty@.service tty1
/usr/lib/systemd/system-preset/99-z.preset:1:disable *
`);
  const decides = (name: string) => decidingPreset(name, lines)?.place;
  expect(decides('ssh.service')).toBe('/etc/systemd/system-preset/50-b.preset:3');
  expect(decides('getty@tty1.service')).toBe('/usr/lib/systemd/system-preset/20-a.preset:1');
  expect(decides('libvirtd.service')).toBe('/usr/lib/systemd/system-preset/99-z.preset:1');
  expect(decidingPreset('x.service', [])).toBeUndefined();
});
