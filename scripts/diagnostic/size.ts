/** Bytes for people: in the largest unit of which there is one at least, with one decimal. */
export function sizeInWords(bytes: number): string {
  const units = ['KiB', 'MiB', 'GiB', 'TiB'];
  const step = Math.min(units.length, Math.max(1, Math.floor(Math.log2(Math.max(bytes, 1)) / 10)));
  return `${(bytes / 1024 ** step).toFixed(1)} ${units[step - 1]}`;
}

/** `277.3 MiB (290783232 bytes)`: what is to be compared is told to the byte. */
export const exactSize = (bytes: number): string => `${sizeInWords(bytes)} (${bytes} bytes)`;
