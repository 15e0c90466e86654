import path from 'node:path';
import type { Diagnostic } from '../../diagnostic/index.ts';
import type { Places } from '../../places/index.ts';

const OTHER_PLACE: Readonly<Record<'out' | 'cache', string>> = {
  out: 'PHYLLOME_OUT names another directory',
  cache: 'PHYLLOME_CACHE names another directory',
};

/** What the file system said, in words; what is not here can be a mistake of this program. */
const IN_WORDS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: "this user's share of the disk is used up",
  EROFS: 'it can only be read',
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  ENOTDIR: 'a part of the path is a file, and no directory',
  EISDIR: 'it is a directory, not a file',
  ENAMETOOLONG: 'the path is too long',
  ELOOP: 'a link on the way leads back to itself',
  EIO: 'the disk has an error',
  EFBIG: 'it is larger than what can be read or written',
  EMFILE: 'too many files are open at once (`ulimit -n`)',
  ENFILE: 'too many files are open at once on this machine',
  EBUSY: 'something else is using it',
  ETXTBSY: 'it is running',
  EXDEV: 'it lies on another disk',
  ENODEV: 'it cannot be made there',
  ENXIO: 'nothing is behind it',
  EINVAL: 'this is not possible there',
};

/** What these make: one that is missing is then no mistake of this program. `create` is of `writeWhole`. */
const MADE: Readonly<Record<string, string>> = { mkdir: 'directory', create: 'file' };

const NOT_MADE: Readonly<Record<string, (made: string) => string>> = {
  ENOENT: (made) => `no ${made} can be made there`,
  EEXIST: (made) => `something that is no ${made} is there already`,
};

/**
 * A file error as what it is for its user: trouble with a place of theirs, and advice. Undefined for everything else, and for
 * a missing file that this program should have known of.
 */
export function fileTrouble(error: unknown, { out, cache, user }: Places): Diagnostic | undefined {
  const { code = '', path: file, dest, syscall } = error as NodeJS.ErrnoException & { readonly dest?: string };
  if (!(error instanceof Error) || syscall === undefined) {
    return code === 'EFBIG'
      ? { code: 'too-large', severity: 'error', message: error instanceof Error ? error.message : '' }
      : undefined;
  }
  const at = [dest, file].find((one) => one !== undefined && ownerOf(one) !== undefined) ?? file;
  const owner = at === undefined ? undefined : ownerOf(at);
  const made = MADE[syscall];
  if (code === 'ENOENT' && owner !== undefined && made === undefined) return gone(at ?? '', owner);
  if (syscall === 'link' && /^(?:EPERM|EOPNOTSUPP|ENOTSUP|ENOSYS)$/.test(code)) return noHardLinks(at ?? '');
  const why = made === undefined ? IN_WORDS[code] : (NOT_MADE[code]?.(made) ?? IN_WORDS[code]);
  if (why === undefined) return undefined;
  const advice = owner === 'out' || owner === 'cache' ? OTHER_PLACE[owner] : undefined;
  return {
    code: 'file-trouble',
    severity: 'error',
    message: `${at ?? syscall}: ${why}`,
    hint: [`it was about \`${syscall}\` (${code})`, ...(advice ? [advice] : [])].join('; '),
  };

  function ownerOf(one: string): 'out' | 'cache' | 'user' | undefined {
    const isBelow = (directory: string) => one === directory || one.startsWith(`${directory}${path.sep}`);
    if (isBelow(cache)) return 'cache';
    if (isBelow(out)) return 'out';
    return user.some(isBelow) ? 'user' : undefined;
  }
}

function noHardLinks(file: string): Diagnostic {
  return {
    code: 'file-trouble',
    severity: 'error',
    message: `${file}: the file system has no hard links, which locks are made of`,
    hint: 'PHYLLOME_CACHE names a directory on another one: ext4, xfs, btrfs',
  };
}

/** Somebody, or a program that tidies up, has removed it: this program would have told if it had never been there. */
function gone(file: string, owner: 'out' | 'cache' | 'user'): Diagnostic {
  const entry = /^.*\/stages\/[^/]+/.exec(file)?.[0];
  const remedy =
    owner === 'cache' && entry !== undefined
      ? `remove the rest of this entry of the cache, and build again: rm -rf ${entry}`
      : owner === 'user'
        ? 'put it back, or name another'
        : 'build again';
  return {
    code: 'file-gone',
    severity: 'error',
    message: `${file}: it is not there any more, and was before`,
    hint: remedy,
  };
}
