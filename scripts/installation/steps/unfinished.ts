/** What a computer with BIOS says that is started from a disk on which an installation was cut off. */
const words = 'This disk holds an installation that was not finished.\r\nStart from the installation medium again.\r\n';

/**
 * Prints the words through the BIOS and goes on with its next device. Without it firmware takes the empty boot sector of a new table
 * for a program and runs into nothing, without a word.
 */
const program = [
  [0x31, 0xc0], // xor ax, ax
  [0x8e, 0xd8], // mov ds, ax
  [0xfc], // cld
  [0xbe, 0x1b, 0x7c], // mov si, the words
  [0xac], // next: lodsb
  [0x08, 0xc0], // or al, al
  [0x74, 0x09], // jz done
  [0xb4, 0x0e], // mov ah, 0x0e: print a character
  [0xbb, 0x07, 0x00], // mov bx, 7
  [0xcd, 0x10], // int 0x10
  [0xeb, 0xf2], // jmp next
  [0xcd, 0x18], // done: int 0x18: the next device
  [0xf4], // stop: hlt
  [0xeb, 0xfd], // jmp stop
].flat();

/** Of the first sector's 512 bytes, those before the old kind of table and its identifier. */
const roomBytes = 440;

/** The boot code of a disk that is not finished, as `printf` of a shell writes it: the whole room, so that nothing older is left. */
export function unfinishedBootCode(): string {
  const code = [...program, ...Array.from(words, (character) => character.charCodeAt(0)), 0];
  if (code.length > roomBytes) throw new Error('the words do not fit into a boot sector');
  const bytes = [...code, ...Array.from({ length: roomBytes - code.length }, () => 0)];
  return bytes.map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}
