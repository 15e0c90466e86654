import { expect, test } from 'vitest';
import { Milestones } from '../../../scripts/lab/boot/milestones.ts';

test('each milestone is told once, in the order it was passed', () => {
  const told: string[] = [];
  const milestones = new Milestones(({ id }) => told.push(id));
  milestones.pass('power-on');
  for (const line of [
    'SeaBIOS (version 1.16.3-debian-1.16.3-2)',
    '                             GNU GRUB  version 2.12-9+deb13u2',
    "  Booting `Phyllome'",
    '[    0.000000] Linux version 6.12.117+deb13-amd64 (debian-kernel@lists.debian.org)',
    '[    3.967053] Run /init as init process',
    '[  OK  ] Reached target initrd-switch-root.target - Switch Root.',
    '[   16.229978] systemd[1]: Stopped initrd-switch-root.service - Switch Root.',
  ]) {
    milestones.look(line);
  }
  milestones.pass('agent');
  expect(told).toEqual(['power-on', 'loader', 'kernel', 'initramfs', 'switch-root', 'agent']);
  expect(milestones.last).toBe('agent');
});

test('a login prompt is one also with a kernel message behind it', () => {
  const milestones = new Milestones();
  milestones.look('         Starting getty@tty1.service - a login: prompt...');
  expect(milestones.passed).toEqual([]);
  milestones.look('phyllome login: [   36.510352] fbcon: bochs-drmdrmfb (fb0) is primary device');
  expect(milestones.last).toBe('login');
});

test('a machine that shows nothing is just on', () => {
  const milestones = new Milestones();
  milestones.pass('power-on');
  milestones.look('');
  expect(milestones.last).toBe('power-on');
});
