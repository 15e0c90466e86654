import { expect, test } from 'vitest';
import { authorities, readBootProgram, signersInWords } from '../../scripts/secure-boot/index.ts';
import { programWith, shimSbat, signature } from './made-program.ts';

test("shim's signers are read with who vouches for them, key and date", () => {
  const shim = readBootProgram(
    'first',
    'EFI/BOOT/BOOTX64.EFI',
    programWith([signature('shim-1'), signature('shim-2')], shimSbat),
  );
  expect(shim.sbat).toBe(shimSbat);
  expect(shim.signers).toMatchObject([
    {
      name: 'Microsoft Windows UEFI Driver Publisher',
      issuer: 'Microsoft Corporation UEFI CA 2011',
      issuerKeyId: '13adbf4309bd82709c8cd54f316ed522988a1bd4',
      above: [
        { name: 'Microsoft Corporation UEFI CA 2011', validUntil: '2026-06-27', sha256: authorities.uefi2011.sha256 },
      ],
    },
    {
      name: 'Microsoft UEFI CA 2023 signer',
      validUntil: '2026-07-23',
      issuerKeyId: '81aa6b3244c935bce0d6628af39827421e32497d',
      above: [{ sha256: authorities.uefi2023.sha256, validUntil: authorities.uefi2023.validUntil }],
    },
  ]);
  expect(signersInWords(shim)).toBe(
    'Microsoft Corporation UEFI CA 2011 (until 2026-06-27) and Microsoft UEFI CA 2023 (until 2038-06-13)',
  );
});

test('a signer whose authority is not in the signature is told with its own date', () => {
  const grub = readBootProgram('next', 'grubx64.efi', programWith([signature('grub-1')]));
  expect(grub.signers[0]).toMatchObject({
    issuer: 'Debian Secure Boot CA',
    above: [],
    keyId: '0c8739172d1638175fe7a03b2a842be6a287953a',
  });
  expect(signersInWords(grub)).toBe(
    'Debian Secure Boot CA (signer Debian Secure Boot Signer 2022 - grub2, until 2032-08-15)',
  );
  expect(grub).not.toHaveProperty('sbat');
});

test('a program without signature is signed by nobody', () => {
  expect(signersInWords(readBootProgram('first', 'x', programWith([])))).toBe('nobody');
});

test('what is cut off or no program is refused', () => {
  const whole = programWith([signature('grub-1')]);
  expect(() => readBootProgram('first', 'x', whole.subarray(0, -100))).toThrow(/certificate table is not whole/);
  expect(() => readBootProgram('first', 'x', Buffer.alloc(4096))).toThrow(RangeError);
  expect(() => readBootProgram('first', 'x', Buffer.from('MZ'))).toThrow(RangeError);
  const broken = Buffer.from(whole);
  broken.writeUInt32LE(4, 1024);
  expect(() => readBootProgram('first', 'x', broken)).toThrow(/certificate table is damaged/);
  expect(() => readBootProgram('first', 'x', programWith([signature('grub-1').subarray(0, 200)]))).toThrow(RangeError);
});

test('names of certificates speak to no terminal', () => {
  const file = readBootProgram('kernel', 'boot/\u001b[2Jlinux', programWith([]));
  expect(file.path).toBe('boot/?[2Jlinux');
});
