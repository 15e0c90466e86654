import { expect, test } from 'vitest';
import { processorState } from '../../../scripts/lab/machine/processor.ts';

/** As QEMU 10 prints them, without the registers that nobody reads. */
const registers = (rfl: string, level: number, halted: number, idt: string) =>
  `RIP=0000000000000000 RFL=${rfl} [---Z-P-] CPL=${level} II=0 A20=1 SMM=0 HLT=${halted}\nGDT=     0 0\nIDT=     ${idt} 00000fff\n`;
const linux = 'fffffe0000000000';

test.each([
  ['firmware', registers('00000246', 0, 0, '000000007e9df018'), { inKernel: false, inProgram: false, stopped: false }],
  [
    'a processor that waits to be started',
    registers('00000002', 0, 1, '00000000'),
    { inKernel: false, stopped: false },
  ],
  [
    'an idle kernel',
    registers('00000246', 0, 1, linux),
    { inKernel: true, inProgram: false, halted: true, stopped: false },
  ],
  ['a program', registers('00000246', 3, 0, linux), { inKernel: true, inProgram: true, halted: false }],
  ['a kernel that panicked', registers('00000046', 0, 1, linux), { inKernel: true, stopped: true }],
  [
    'a kernel of 32 bits',
    'EIP=c1 EFL=00000246 [-] CPL=0 II=0 A20=1 SMM=0 HLT=0\nIDT=     ff401000 000007ff',
    { inKernel: true },
  ],
  ['BIOS', 'EIP=c1 EFL=00000246 [-] CPL=0 II=0 A20=1 SMM=0 HLT=0\nIDT=     000f6bc0 00000000', { inKernel: false }],
])('%s', (_, text, expected) => {
  expect(processorState(text)).toMatchObject(expected);
});

test('other text is no processor', () => {
  expect(processorState('unknown command')).toBeUndefined();
});
