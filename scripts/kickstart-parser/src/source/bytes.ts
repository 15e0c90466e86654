const ESCAPE_BASE = 0xdc00;

/**
 * Decodes UTF-8 without losing a byte: each byte that is no UTF-8 becomes a lone surrogate U+DC80 to U+DCFF, which
 * `encode` turns back into that byte. (The same convention as Python's `surrogateescape`.)
 */
export function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return decodeBroken(bytes);
  }
}

/** Whether what `decode` made of a file begins with the mark of UTF-16, in which some editors and shells write. */
export function isUtf16(text: string): boolean {
  return /^(?:\udcff\udcfe|\udcfe\udcff)/.test(text);
}

/** Encodes as UTF-8, the reverse of `decode`. */
export function encode(text: string): Uint8Array {
  const plain = new TextEncoder();
  if (!/[\udc80-\udcff]/.test(text)) return plain.encode(text);
  const parts: Uint8Array[] = [];
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const isPairedSurrogate = i > 0 && (text.charCodeAt(i - 1) & 0xfc00) === 0xd800;
    if (code < 0xdc80 || code > 0xdcff || isPairedSurrogate) continue;
    parts.push(plain.encode(text.slice(from, i)), Uint8Array.of(code - ESCAPE_BASE));
    from = i + 1;
  }
  parts.push(plain.encode(text.slice(from)));
  return concatenate(parts);
}

function decodeBroken(bytes: Uint8Array): string {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const parts: string[] = [];
  let i = 0;
  while (i < bytes.length) {
    const length = sequenceLength(bytes[i] ?? 0);
    try {
      parts.push(strict.decode(bytes.subarray(i, i + length)));
      i += length;
    } catch {
      parts.push(String.fromCharCode(ESCAPE_BASE + (bytes[i] ?? 0)));
      i++;
    }
  }
  return parts.join('');
}

function sequenceLength(lead: number): number {
  if (lead < 0xc0) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
