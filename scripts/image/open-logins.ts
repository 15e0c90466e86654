import type { Diagnostic } from '../diagnostic/index.ts';
import { automaticLogin } from '../flavour/index.ts';
import { type ImageKind, isLive } from '../outputs/index.ts';
import type { Manifest } from './manifest.ts';

/**
 * Which of the ways into a system without a password (lines of `listOpenLogins`) must not be. Nothing of a live system stays, so
 * that somebody may be logged in there; an account without a password is a way in for everybody, on each.
 */
export function refusedLogins(
  lines: readonly string[],
  { kind, acknowledged }: { readonly kind: ImageKind } & Pick<Manifest, 'acknowledged'>,
): readonly string[] {
  const meant = isLive(kind) || acknowledged.includes(automaticLogin);
  return lines.filter((line) => line !== '' && (!meant || line.endsWith(' needs no password')));
}

/** The same as findings about an image that was made. */
export function openLoginFindings(...asked: Parameters<typeof refusedLogins>): readonly Diagnostic[] {
  return refusedLogins(...asked).map((line) => ({
    code: 'open-login',
    severity: 'error',
    message: `in the built tree ${line}`,
    hint: 'a script or a package of the image did that; a disk keeps it, and whoever has the image knows it',
  }));
}
