/** What the boot sector writes to the serial port; the processor's hypervisor signature follows, `KVMKVMKVM` under KVM. */
export const bootSectorGreeting = 'PHYLLOME NESTED GUEST ';

const loadAddress = 0x7c00;
/** Where the signature is put together, below the code. */
const scratch = 0x600;
const sectorBytes = 512;

const le16 = (value: number): number[] => [value & 0xff, (value >> 8) & 0xff];

/** Writes the text at SI up to its zero byte to the first serial port. Called with a near call. */
const print: readonly number[] = [
  0xac, // lodsb
  0x84,
  0xc0, // test al, al
  0x74,
  0x12, // jz to the end
  0x88,
  0xc4, // mov ah, al
  0xba,
  0xfd,
  0x03, // mov dx, 0x3fd: line status
  0xec, // in al, dx
  0xa8,
  0x20, // test al, 0x20: ready for the next byte
  0x74,
  0xfb, // jz back to in
  0xba,
  0xf8,
  0x03, // mov dx, 0x3f8
  0x88,
  0xe0, // mov al, ah
  0xee, // out dx, al
  0xeb,
  0xe9, // jmp to lodsb
  0xc3, // ret
];

/**
 * A disk of one sector that a BIOS starts: the smallest guest that can tell that it runs, and under which hypervisor. It
 * says so on the first serial port and halts.
 */
export function bootSector(): Buffer {
  const greeting = [...Buffer.from(bootSectorGreeting), 0];
  const lineEnd = [...Buffer.from('\r\n'), 0];
  const assemble = (printAt: number, greetingAt: number, lineEndAt: number): number[] => {
    const code: number[] = [];
    const printText = (address: number) => {
      code.push(0xbe, ...le16(address)); // mov si, address
      const next = loadAddress + code.length + 3;
      code.push(0xe8, ...le16(printAt - next)); // call print
    };
    code.push(0xfa, 0xfc); // cli; cld
    code.push(0x31, 0xc0, 0x8e, 0xd8, 0x8e, 0xd0); // xor ax, ax; mov ds, ax; mov ss, ax
    code.push(0xbc, ...le16(loadAddress)); // mov sp, 0x7c00
    printText(greetingAt);
    code.push(0x66, 0xb8, 0x00, 0x00, 0x00, 0x40, 0x0f, 0xa2); // mov eax, 0x40000000; cpuid
    code.push(0x66, 0x89, 0x1e, ...le16(scratch)); // mov [scratch], ebx
    code.push(0x66, 0x89, 0x0e, ...le16(scratch + 4)); // mov [scratch + 4], ecx
    code.push(0x66, 0x89, 0x16, ...le16(scratch + 8)); // mov [scratch + 8], edx
    code.push(0xc6, 0x06, ...le16(scratch + 12), 0x00); // mov byte [scratch + 12], 0
    printText(scratch);
    printText(lineEndAt);
    code.push(0xf4, 0xeb, 0xfd); // hlt; jmp to hlt
    return code;
  };
  // The code is as long wherever its texts lie.
  const printAt = loadAddress + assemble(0, 0, 0).length;
  const greetingAt = printAt + print.length;
  const lineEndAt = greetingAt + greeting.length;
  const content = [...assemble(printAt, greetingAt, lineEndAt), ...print, ...greeting, ...lineEnd];
  const sector = Buffer.alloc(sectorBytes);
  sector.set(content);
  sector.set([0x55, 0xaa], sectorBytes - 2);
  return sector;
}
