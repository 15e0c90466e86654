import { expect, test } from 'vitest';
import {
  longModeProgram,
  probeRom,
  realModeProgram,
  resetVector,
} from '../../../scripts/lab/accelerator/probe-program.ts';

const listing = (program: ReturnType<typeof longModeProgram>) =>
  program.map(({ bytes, text }) => `${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')}  ${text}`);

test('the program is this machine code', () => {
  expect(listing(resetVector)).toEqual(['ea 00 00 00 f0  jmp far f000:0000']);
  expect(listing(realModeProgram(31))).toMatchInlineSnapshot(`
    [
      "fa  cli",
      "fc  cld",
      "31 c0  xor ax, ax",
      "8e d8  mov ds, ax",
      "8e c0  mov es, ax",
      "66 c7 06 00 10 03 20 00 00  mov dword [0x1000], 0x2003",
      "66 c7 06 00 20 03 30 00 00  mov dword [0x2000], 0x3003",
      "66 c7 06 00 30 83 00 00 00  mov dword [0x3000], 0x83",
      "be 00 02  mov si, 0x200",
      "bf 00 80  mov di, 0x8000",
      "b9 1f 00  mov cx, 31",
      "f3 2e a4  rep movsb es:[di], cs:[si]",
      "2e 66 0f 01 16 20 01  lgdt cs:[0x120]",
      "66 b8 20 00 00 00  mov eax, 0x20",
      "0f 22 e0  mov cr4, eax",
      "66 b8 00 10 00 00  mov eax, 0x1000",
      "0f 22 d8  mov cr3, eax",
      "66 b9 80 00 00 c0  mov ecx, 0xc0000080 (EFER)",
      "0f 32  rdmsr",
      "66 0d 00 01 00 00  or eax, 0x100 (LME)",
      "0f 30  wrmsr",
      "66 b8 11 00 00 80  mov eax, 0x80000011",
      "0f 22 c0  mov cr0, eax",
      "ea 00 80 08 00  jmp far 0008:0x8000",
    ]
  `);
  expect(listing(longModeProgram(50_000_000))).toMatchInlineSnapshot(`
    [
      "b0 53  mov al, "S"",
      "e6 e9  out 0xe9, al",
      "b0 0a  mov al, "\\n"",
      "e6 e9  out 0xe9, al",
      "b9 80 f0 fa 02  mov ecx, 50000000",
      "ff c9  again: dec ecx",
      "75 fc  jnz again",
      "b0 45  mov al, "E"",
      "e6 e9  out 0xe9, al",
      "b0 0a  mov al, "\\n"",
      "e6 e9  out 0xe9, al",
      "b0 10  mov al, 0x10",
      "e6 f4  out 0xf4, al",
      "f4  stop: hlt",
      "eb fd  jmp stop",
    ]
  `);
});

test('the ROM has its parts where the program looks for them', () => {
  const rom = probeRom(1);
  const longMode = longModeProgram(1).flatMap(({ bytes }) => bytes);
  expect(rom.length).toBe(65536);
  expect([...rom.slice(0xfff0, 0xfff5)]).toEqual([0xea, 0x00, 0x00, 0x00, 0xf0]);
  expect([...rom.slice(0x200, 0x200 + longMode.length)]).toEqual(longMode);
  // The table's length less one and its address, then a 64-bit code segment as second descriptor.
  expect([...rom.slice(0x120, 0x126)]).toEqual([0x0f, 0x00, 0x00, 0x01, 0x0f, 0x00]);
  expect([...rom.slice(0x108, 0x110)]).toEqual([0xff, 0xff, 0x00, 0x00, 0x00, 0x9b, 0xaf, 0x00]);
  const realMode = realModeProgram(longMode.length).flatMap(({ bytes }) => bytes);
  expect(realMode.length).toBeLessThan(0x100);
});

test('the number of iterations is in the loop', () => {
  const [counter] = longModeProgram(0x12345678).filter(({ text }) => text.startsWith('mov ecx'));
  expect(counter?.bytes).toEqual([0xb9, 0x78, 0x56, 0x34, 0x12]);
});
