import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { processesWith, temporaryDirectory, testImageFile } from './environment.ts';
import { fatStick, startFromStick } from './fat-stick.ts';

/** Another GRUB's menu, as on sticks that hold many ISO files. */
const foreignMenu = `set timeout=1
menuentry 'an ISO file' {
  set iso_path=/isos/phyllome.iso
  export iso_path
  loopback loop $iso_path
  set root=(loop)
  configfile /boot/grub/loopback.cfg
}`;

test.skipIf(testImageFile === undefined).each([
  [
    'files copied onto a FAT stick start by UEFI, Secure Boot on',
    'put .disk EFI LiveOS boot ::',
    /root=live:UUID=[0-9A-F]{4}-[0-9A-F]{4} /,
  ],
  [
    'the ISO as a file on a stick is started by the GRUB of that stick, Secure Boot on',
    `mkdir -p foreign/grub isos; cp "$1" isos/phyllome.iso
cat > foreign/grub/grub.cfg <<'END'
${foreignMenu}
END
rm -r boot; mv foreign boot; put .disk EFI isos boot ::`,
    /iso-scan\/filename=\/isos\/phyllome\.iso root=live:CDLABEL=\S+ /,
  ],
])('%s', async (_, fill, commandLine) => {
  const directory = await temporaryDirectory();
  const { run, runDir, console } = await startFromStick(
    await fatStick(testImageFile ?? '', directory, fill),
    directory,
  );
  expect(run.diagnostics.filter(({ code }) => code.startsWith('boot-'))).toEqual([]);
  expect(run.booted).toBe(true);
  expect(console).toMatch(commandLine);
  expect(await processesWith(runDir)).toEqual([]);
  await rm(directory, { recursive: true });
});
