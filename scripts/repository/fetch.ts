import { readFile } from 'node:fs/promises';

const SECONDS = 60;

/** The bytes at an address: http, https or file. */
export async function fetchBytes(url: URL, signal: AbortSignal): Promise<Buffer> {
  if (url.protocol === 'file:') return readFile(url);
  const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(SECONDS * 1000)]) });
  if (!response.ok) throw new Error(`HTTP ${response.status} for ${url.pathname}`);
  return Buffer.from(await response.arrayBuffer());
}

/** An address that further names are relative to. */
export function withSlash(address: string): string {
  return address.endsWith('/') ? address : `${address}/`;
}
