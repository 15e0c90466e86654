/** Also where there is no Node.js. */
export function isIPv4(text: string): boolean {
  return /^(\d{1,3})(\.\d{1,3}){3}$/.test(text) && text.split('.').every((byte) => Number(byte) < 256);
}

/** 255.255.255.0 → 24; undefined when the mask is no mask. */
export function prefixLength(mask: string): number | undefined {
  if (!isIPv4(mask)) return undefined;
  const bytes = mask.split('.');
  const bits = bytes.map((byte) => Number(byte).toString(2).padStart(8, '0')).join('');
  return /^1*0*$/.test(bits) ? (bits.indexOf('0') === -1 ? 32 : bits.indexOf('0')) : undefined;
}
