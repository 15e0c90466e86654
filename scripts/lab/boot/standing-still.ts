import { BootFailed } from './boot-failure.ts';
import type { Look } from './display-watch.ts';

/** Where a machine may stand still and be well: somebody is asked for a login, or has something before them. */
export type RestingPlace = 'login' | 'display' | 'serial';

/** What a loader or the firmware shows that waits for somebody who knows what is wrong. */
const loaderFaults: readonly { readonly regex: RegExp; readonly message: string; readonly hint: string }[] = [
  {
    regex:
      /BdsDxe: failed to load [\s\S]{0,300}?(?:Access Denied|Security Violation)|bad shim signature|Verification failed: \(0x1A\)/,
    message: 'Secure Boot refused the loader',
    hint: 'It is not signed with a key that the firmware knows. Images for every computer carry a shim that Microsoft has signed.',
  },
  {
    regex: /^grub> *$/m,
    message: 'the boot loader has no configuration: GRUB waits at its prompt',
    hint: 'It found no grub.cfg where it looks for one ($prefix, which `set` shows there).',
  },
  {
    regex: /No DEFAULT or UI configuration directive found/,
    message: 'the boot loader has no configuration: SYSLINUX waits at its prompt',
    hint: 'It found no isolinux.cfg or syslinux.cfg, or one without DEFAULT.',
  },
  {
    regex: /^Shell> *$|UEFI Interactive Shell|BdsDxe: No bootable option or device was found/m,
    message: 'the firmware found nothing to start',
    hint: 'UEFI starts EFI/BOOT/BOOTX64.EFI of a FAT file system, or of the El Torito image of a CD. Does it start by BIOS?',
  },
  {
    regex: /No bootable device/,
    message: 'the firmware found nothing to start',
    hint: 'BIOS starts a boot sector, or the El Torito image of a CD. Does it start by UEFI?',
  },
];

/** What is known of a machine that stands still before any kernel; undefined where it may be a menu like any other. */
export function loaderFault(display: readonly string[], serial: string): BootFailed | undefined {
  const text = [...display, '', serial].join('\n');
  const fault = loaderFaults.find(({ regex }) => regex.test(text));
  return fault && new BootFailed('loader-stuck', fault.message, [fault.hint, ...shownIn(display, serial)]);
}

/** Where a machine rests that stands still with a kernel; or why it is not well there. */
export function restingPlace({ display, stopped, stale, programs }: Look, serial: string): RestingPlace | BootFailed {
  const shown = shownIn(display.lines, serial);
  if (stopped)
    return new BootFailed(
      'kernel-stopped',
      'the kernel has stopped its processors: it panicked, or was told to halt',
      shown,
    );
  const [lastOnDisplay, lastOnSerial] = [lastLine(stale ? [] : display.lines), lastLine(serial.split('\n'))];
  if ([lastOnSerial, lastOnDisplay].some((line) => /\blogin: *$/.test(line))) return 'login';
  if (lastOnSerial !== '' && !isLog(lastOnSerial)) return 'serial';
  if (!stale && (display.kind === 'drawing' || (lastOnDisplay !== '' && !isLog(lastOnDisplay)))) return 'display';
  if (lastOnSerial === '' && (stale || display.kind === 'blank')) return nothingShown(programs, shown);
  return new BootFailed(
    'boot-stalled',
    'nothing moves any more, and no login or screen for a person was reached',
    shown,
  );
}

function nothingShown(programs: boolean, shown: readonly string[]): BootFailed {
  return new BootFailed(
    'nothing-shown',
    'a kernel runs, but neither the serial console nor the display shows anything of it',
    [
      programs ? 'Programs run on it, too.' : 'No program was seen to run on it.',
      'Its arguments name no console that anybody sees: `console=ttyS0` is the serial one, `console=tty0` the display.',
      ...shown,
    ],
  );
}

/** What kernel, initramfs and system manager say on their way: nobody waits there for a person. The manager indents what starts. */
const isLog = (line: string): boolean =>
  /^\s*(?:\[ *\d+\.\d+\]|\[(?: *OK *| *FAILED *| *DEPEND *|[ *]+)\]|Begin: |done\.|Loading |Booting |EFI stub: |Decompressing Linux|(?:Starting|Started|Mounting|Unmounting|Stopping|Activating|Reached target) )/.test(
    line,
  );

const lastLine = (lines: readonly string[]): string => lines.findLast((line) => line.trim() !== '') ?? '';

/** Lines of the display that are told with a failure; those of the console are told anyway. */
const mostLines = 12;

function shownIn(display: readonly string[], serial: string): string[] {
  const lines = display.filter((line) => line.trim() !== '').slice(-mostLines);
  if (lines.length === 0) return serial === '' ? ['The display shows no text that can be read.'] : [];
  return ['the display shows:', ...lines.map((line) => `  ${line}`)];
}
