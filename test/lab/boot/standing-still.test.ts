import { expect, test } from 'vitest';
import { BootFailed } from '../../../scripts/lab/boot/boot-failure.ts';
import type { Look } from '../../../scripts/lab/boot/display-watch.ts';
import { loaderFault, restingPlace } from '../../../scripts/lab/boot/standing-still.ts';

const look = (display: readonly string[] | 'blank' | 'drawing', more: Partial<Look> = {}): Look => ({
  display: typeof display === 'string' ? { kind: display, lines: [] } : { kind: 'text', lines: display },
  stillMs: 60_000,
  kernel: true,
  programs: true,
  stopped: false,
  stale: false,
  ...more,
});
const log = '[    3.141592] usb 1-1: new high-speed USB device';

test.each([
  ['a login on the serial console', look('blank'), 'Debian GNU/Linux 13\n\nhost login: ', 'login'],
  ['a login on the display', look(['Debian', '', 'host login:']), '', 'login'],
  ['an installer on the serial console', look('blank'), 'Select a language\n  English', 'serial'],
  ['an installer on the display', look(['Select a language', '  English']), '', 'display'],
  ['a desktop', look('drawing'), log, 'display'],
])('%s is where a machine may rest', (_, seen, serial, place) => {
  expect(restingPlace(seen, serial)).toBe(place);
});

test.each([
  ['the log of a kernel', look('blank'), log, 'boot-stalled'],
  ['the log of a system manager on the display', look(['[  OK  ] Started cron.service']), '', 'boot-stalled'],
  [
    'the log of an initramfs under way',
    look('blank'),
    '[  OK  ] Reached target basic.target - Basic System.\n         Starting dracut-initqueue.service - dracut initqueue hook...',
    'boot-stalled',
  ],
  ['what the loader left on the display', look(['Booting Linux'], { stale: true }), '', 'nothing-shown'],
  ['nothing', look('blank', { programs: false }), '', 'nothing-shown'],
  ['a login behind which the kernel died', look('blank', { stopped: true }), 'host login: ', 'kernel-stopped'],
])('%s is not', (_, seen, serial, code) => {
  const failure = restingPlace(seen, serial);
  expect(failure).toBeInstanceOf(BootFailed);
  expect(failure).toMatchObject({ code });
});

test.each([
  ["GRUB's prompt", ['GNU GRUB  version 2.12', 'grub> '], '', /no configuration: GRUB/],
  [
    'SYSLINUX without configuration',
    ['No DEFAULT or UI configuration directive found!', 'boot:'],
    '',
    /no configuration: SYSLINUX/,
  ],
  ['UEFI without anything', [], 'BdsDxe: No bootable option or device was found.', /nothing to start/],
  [
    'Secure Boot',
    [],
    'BdsDxe: failed to load Boot0001 "UEFI QEMU DVD-ROM QM00001 " from PciRoot(0x0)/\nPci(0x1F,0x2)/Sata(0x0,0xFFFF,0x0): Access Denied\nBdsDxe: No bootable option or device was found.',
    /Secure Boot refused/,
  ],
])('%s is told as what it is', (_, display, serial, message) => {
  expect(loaderFault(display, serial)?.message).toMatch(message);
});

test('a menu may be left', () => {
  expect(loaderFault(['GNU GRUB  version 2.12', '*Install'], '')).toBeUndefined();
});
