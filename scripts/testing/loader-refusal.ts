import path from 'node:path';
import { ReportedError } from '../diagnostic/index.ts';
import { missingLoader, type RecognisedImage } from '../image/index.ts';
import type { Firmware, Medium } from '../lab/index.ts';

/** Why nothing would start, where the image itself says so. */
export function cannotStart(
  file: string,
  recognised: RecognisedImage,
  firmware: Firmware,
  { kind }: Medium,
): string | undefined {
  return missingLoader(file, recognised, kind === 'cdrom' ? 'cdrom' : 'disk', firmware === 'bios' ? 'bios' : 'uefi');
}

/**
 * The firmware would wait for minutes, and then offer its own shell.
 * @throws ReportedError where the image has nothing that this firmware starts
 */
export function refuseWithoutLoader(
  file: string,
  recognised: RecognisedImage,
  firmware: Firmware,
  medium: Medium,
): void {
  const why = cannotStart(file, recognised, firmware, medium);
  if (why === undefined) return;
  const other = firmware === 'bios' ? 'uefi' : 'bios';
  const startsOtherwise = cannotStart(file, recognised, other, medium) === undefined;
  throw new ReportedError({
    code: 'no-loader',
    severity: 'error',
    message: `${path.basename(file)} does not start by ${firmware}${medium.kind === 'linux' ? '' : ` from ${medium.kind}`}: ${why}`,
    hint: `It was not started. ${startsOtherwise ? `Does it start with \`--firmware ${other}\`?` : 'Is it an image that firmware starts at all?'}`,
  });
}
