import { flag, line, named, plain, quoted, quotedNamed, word } from '../commands/canonical-line.ts';
import type { Addon, Certificate, Script } from '../model/model.ts';

/** Prints a script section. */
export function canonicalScript(script: Script): string {
  const header = line(
    `%${script.section}`,
    script.interpreter === '/bin/sh' ? '' : plain('--interpreter', script.interpreter),
    flag('--nochroot', script.section === 'post' && !script.chroot),
    script.log === undefined ? '' : named('--logfile', script.log),
    flag('--erroronfail', script.erroronfail),
  );
  return `${header}\n${closed(script.body)}%end\n`;
}

/** Prints a section of an add-on. */
export function canonicalAddon(addon: Addon): string {
  return `${line(addon.section, ...addon.args.map(word))}\n${closed(addon.body)}%end\n`;
}

/** Prints a certificate. */
export function canonicalCertificate(certificate: Certificate): string {
  const header = line(
    '%certificate',
    quotedNamed('--filename', certificate.filename),
    quoted('--type', certificate.type),
    quoted('--dir', certificate.dir),
  );
  return `${header}\n${closed(certificate.body)}%end\n`;
}

/** A body that ends with a line ending, so that `%end` begins a line. */
function closed(body: string): string {
  return body === '' || /[\n\r]$/.test(body) ? body : `${body}\n`;
}
