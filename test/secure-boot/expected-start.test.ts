import { expect, test } from 'vitest';
import { type BootProgram, readBootProgram, signedStart } from '../../scripts/secure-boot/index.ts';
import { programWith, shimSbat, signature } from './made-program.ts';

const shim = (signatures: readonly Buffer[], sbat = shimSbat): BootProgram =>
  readBootProgram('first', 'EFI/BOOT/BOOTX64.EFI', programWith(signatures, sbat));
const [of2011, of2023] = [signature('shim-1'), signature('shim-2')];
/** `+` for each generation of keys that starts it. */
const table = (...programs: readonly BootProgram[]) =>
  Object.fromEntries(signedStart(programs)?.starts.map(({ keys, starts }) => [keys, starts]) ?? []);

// Each row was seen with OVMF 2025.02 of Debian 13, in `npm run test:keys`.
test.each([
  ['both signatures', [of2011, of2023], [true, true, true, false, false, true]],
  ['that of 2011 alone', [of2011], [true, false, true, false, false, true]],
  ['that of 2023 alone', [of2023], [false, true, true, false, true, true]],
  ['none', [], [false, false, false, false, false, true]],
])('which firmware starts a shim with %s', (_, signatures, expected) => {
  expect(Object.values(table(shim(signatures)))).toEqual(expected);
});

test('the reasons name who is known and who signed', () => {
  const starts = signedStart([shim([of2011, of2023])])?.starts ?? [];
  const why = Object.fromEntries(starts.map((one) => [one.keys, one.why]));
  expect(why['keys-both-revoked']).toBe(
    'it refuses what Microsoft Corporation UEFI CA 2011 signed, as EFI/BOOT/BOOTX64.EFI is; that Microsoft UEFI CA 2023 signed it too does not help',
  );
  expect(why['keys-own']).toMatch(
    /^it knows only its owner's own key; .* is signed by Microsoft Corporation UEFI CA 2011/,
  );
  expect(why['keys-2023']).toBe('it knows Microsoft UEFI CA 2023, who signed EFI/BOOT/BOOTX64.EFI');
});

test('what SBAT has revoked does not start where its level is raised, however it is signed', () => {
  const old = shim([of2023], 'sbat,1,x\nshim,3,UEFI shim\n');
  const grub = readBootProgram(
    'next',
    'EFI/BOOT/grubx64.efi',
    programWith([signature('grub-1')], 'sbat,1,x\ngrub,4,GRUB\n'),
  );
  expect(table(old)).toMatchObject({ 'keys-both': true, 'keys-both-revoked': false });
  expect(table(shim([of2023]), grub)).toMatchObject({ 'keys-2023': true, 'keys-both-revoked': false });
  const why = signedStart([shim([of2023]), grub])?.starts.find(({ keys }) => keys === 'keys-both-revoked')?.why;
  expect(why).toBe('shim refuses generations below its level: EFI/BOOT/grubx64.efi: grub 4 < 5');
});

test('where nobody knows what firmware starts, nothing is promised', () => {
  expect(signedStart([readBootProgram('kernel', 'linux', programWith([]))])).toBeUndefined();
});
