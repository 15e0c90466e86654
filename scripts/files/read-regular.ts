import { readFileSync, statSync } from 'node:fs';

/** The bytes of a file, or in words why there are none: "is a directory, not a file". */
export type ReadResult = { readonly bytes: Buffer } | { readonly fault: string };

/**
 * Reads what somebody else put there: a pipe would be waited for and a device read forever, so nothing but a regular file is
 * opened, and none that is larger than `mostMebibytes`.
 */
export function readRegular(file: string, mostMebibytes: number): ReadResult {
  try {
    const found = statSync(file);
    if (!found.isFile()) return { fault: `is ${kindOf(found)}, not a file` };
    if (found.size > mostMebibytes * 2 ** 20) return { fault: `is larger than ${mostMebibytes} MiB` };
    return { bytes: readFileSync(file) };
  } catch (error) {
    return { fault: WHY[(error as NodeJS.ErrnoException).code ?? ''] ?? `cannot be read: ${(error as Error).message}` };
  }
}

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'is not there, or is a link that leads nowhere',
  ELOOP: 'is a link that leads back to itself',
  EACCES: 'may not be read by this user',
  EPERM: 'may not be read by this user',
};

function kindOf(found: ReturnType<typeof statSync> & object): string {
  if (found.isDirectory()) return 'a directory';
  if (found.isFIFO()) return 'a pipe';
  if (found.isSocket()) return 'a socket';
  return 'a device';
}
