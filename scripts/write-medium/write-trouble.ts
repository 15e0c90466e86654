import { exactSize, ReportedError } from '../diagnostic/index.ts';

const inWords: Readonly<Record<string, readonly [why: string, advice: string]>> = {
  EIO: [
    'the disk has an error',
    'It is worn out, was pulled out, or has a bad plug. Try another port, then another disk.',
  ],
  ENOSPC: ['the disk ends there', 'It is smaller than it says. Take another one.'],
  ENXIO: ['the disk is gone', 'It was pulled out, or has a bad plug. Plug it in, and write it again.'],
  ENODEV: ['the disk is gone', 'It was pulled out, or has a bad plug. Plug it in, and write it again.'],
  ENOMEDIUM: ['the disk is gone', 'It was pulled out, or has a bad plug. Plug it in, and write it again.'],
  EROFS: ['the disk can only be read', 'Worn out cards and sticks become so. Take another one.'],
  EPERM: ['the disk can only be read', 'Many cards and some sticks have a small switch for that.'],
};

/** Makes what a disk failed with into words with the place, and throws it. */
export function writeTrouble(
  path: string,
  doing: 'writing' | 'reading back',
  total: number,
): (position: number) => (error: unknown) => never {
  return (position) => (error) => {
    if (error instanceof ReportedError) throw error;
    const code = String((error as { readonly code?: unknown }).code);
    const known = inWords[code];
    if (known === undefined) throw error;
    throw new ReportedError({
      code: 'disk-failed',
      severity: 'error',
      message: `${path}: ${doing} failed at byte ${position} of ${exactSize(total)}: ${known[0]} (${code})`,
      hint: known[1],
    });
  };
}
