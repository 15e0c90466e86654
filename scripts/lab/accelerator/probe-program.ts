/** One machine instruction of the probe program: what the processor reads, and what it means. */
export interface Instruction {
  readonly bytes: readonly number[];
  /** Intel syntax. */
  readonly text: string;
}

/** Status with which QEMU ends when the program reached its last instruction: isa-debug-exit makes it `(value << 1) | 1`. */
export const completedStatus = (0x10 << 1) | 1;
/** Lines the program writes to the debug console just before and just after its loop. */
export const startedLine = 'S';
export const endedLine = 'E';

/** Where the parts lie in the ROM; the ROM's start is segment F000 in real mode and 0xF0000 below 1 MiB. */
const gdtOffset = 0x100;
const gdtPointerOffset = 0x120;
const longModeOffset = 0x200;
const resetVectorOffset = 0xfff0;
const romSize = 0x1_0000;
/** RAM address that the 64-bit part is copied to: software KVMs run ROM code well and fail at code in RAM. */
const longModeAddress = 0x8000;

const le16 = (value: number): number[] => [value & 0xff, (value >> 8) & 0xff];
const le32 = (value: number): number[] => [...le16(value & 0xffff), ...le16(value >>> 16)];
const hex = (value: number): string => `0x${value.toString(16)}`;

/** The processor starts here, 16 bytes below the end of the ROM. */
export const resetVector: readonly Instruction[] = [
  { bytes: [0xea, ...le16(0), ...le16(0xf000)], text: 'jmp far f000:0000' },
];

/** From real mode straight into long mode, with the first 2 MiB mapped one to one. */
export function realModeProgram(longModeLength: number): readonly Instruction[] {
  const storeDword = (address: number, value: number): Instruction => ({
    bytes: [0x66, 0xc7, 0x06, ...le16(address), ...le32(value)],
    text: `mov dword [${hex(address)}], ${hex(value)}`,
  });
  const moveEax = (value: number): Instruction => ({
    bytes: [0x66, 0xb8, ...le32(value)],
    text: `mov eax, ${hex(value)}`,
  });
  return [
    { bytes: [0xfa], text: 'cli' },
    { bytes: [0xfc], text: 'cld' },
    { bytes: [0x31, 0xc0], text: 'xor ax, ax' },
    { bytes: [0x8e, 0xd8], text: 'mov ds, ax' },
    { bytes: [0x8e, 0xc0], text: 'mov es, ax' },
    // Page tables: level 4 at 0x1000, level 3 at 0x2000, level 2 at 0x3000 with one page of 2 MiB. RAM starts as zeroes.
    storeDword(0x1000, 0x2003),
    storeDword(0x2000, 0x3003),
    storeDword(0x3000, 0x0083),
    // Copy the 64-bit part to RAM.
    { bytes: [0xbe, ...le16(longModeOffset)], text: `mov si, ${hex(longModeOffset)}` },
    { bytes: [0xbf, ...le16(longModeAddress)], text: `mov di, ${hex(longModeAddress)}` },
    { bytes: [0xb9, ...le16(longModeLength)], text: `mov cx, ${longModeLength}` },
    { bytes: [0xf3, 0x2e, 0xa4], text: 'rep movsb es:[di], cs:[si]' },
    { bytes: [0x2e, 0x66, 0x0f, 0x01, 0x16, ...le16(gdtPointerOffset)], text: `lgdt cs:[${hex(gdtPointerOffset)}]` },
    // CR4.PAE, CR3 = level 4 table, EFER.LME, then protection and paging at once: that is long mode.
    moveEax(0x20),
    { bytes: [0x0f, 0x22, 0xe0], text: 'mov cr4, eax' },
    moveEax(0x1000),
    { bytes: [0x0f, 0x22, 0xd8], text: 'mov cr3, eax' },
    { bytes: [0x66, 0xb9, ...le32(0xc0000080)], text: 'mov ecx, 0xc0000080 (EFER)' },
    { bytes: [0x0f, 0x32], text: 'rdmsr' },
    { bytes: [0x66, 0x0d, ...le32(0x100)], text: 'or eax, 0x100 (LME)' },
    { bytes: [0x0f, 0x30], text: 'wrmsr' },
    moveEax(0x80000011),
    { bytes: [0x0f, 0x22, 0xc0], text: 'mov cr0, eax' },
    { bytes: [0xea, ...le16(longModeAddress), ...le16(0x08)], text: `jmp far 0008:${hex(longModeAddress)}` },
  ];
}

/** Says it runs, counts down `iterations` (below 2^32), says it ended, leaves QEMU. */
export function longModeProgram(iterations: number): readonly Instruction[] {
  const print = (text: string): Instruction[] =>
    [...text].flatMap((character) => [
      { bytes: [0xb0, character.charCodeAt(0)], text: `mov al, ${JSON.stringify(character)}` },
      { bytes: [0xe6, 0xe9], text: 'out 0xe9, al' },
    ]);
  return [
    ...print(`${startedLine}\n`),
    { bytes: [0xb9, ...le32(iterations)], text: `mov ecx, ${iterations}` },
    { bytes: [0xff, 0xc9], text: 'again: dec ecx' },
    { bytes: [0x75, 0xfc], text: 'jnz again' },
    ...print(`${endedLine}\n`),
    { bytes: [0xb0, 0x10], text: 'mov al, 0x10' },
    { bytes: [0xe6, 0xf4], text: 'out 0xf4, al' },
    { bytes: [0xf4], text: 'stop: hlt' },
    { bytes: [0xeb, 0xfd], text: 'jmp stop' },
  ];
}

/** Null descriptor, then a 64-bit code segment already marked as accessed, so that loading it writes nothing to the ROM. */
const gdt: readonly number[] = [0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0x00, 0x00, 0x00, 0x9b, 0xaf, 0x00];

/** The firmware image (64 KiB, for `-bios`) that takes a bare processor into long mode and loops there. */
export function probeRom(iterations: number): Uint8Array {
  const rom = new Uint8Array(romSize);
  const longMode = bytesOf(longModeProgram(iterations));
  rom.set(bytesOf(realModeProgram(longMode.length)), 0);
  rom.set(gdt, gdtOffset);
  rom.set([...le16(gdt.length - 1), ...le32(0xf0000 + gdtOffset)], gdtPointerOffset);
  rom.set(longMode, longModeOffset);
  rom.set(bytesOf(resetVector), resetVectorOffset);
  return rom;
}

function bytesOf(program: readonly Instruction[]): number[] {
  return program.flatMap((instruction) => [...instruction.bytes]);
}
