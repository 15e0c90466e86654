import { type SignedStart, signersInWords } from '../../secure-boot/index.ts';

/** Who signed what an image starts by, a line for each program, and with which keys firmware starts it. */
export function signedLines({ programs, starts }: SignedStart): readonly string[] {
  const keys = (wanted: boolean) => starts.filter((one) => one.starts === wanted).map((one) => one.keys);
  const [started, refused] = [keys(true), keys(false)].map((names) => names.join(', ')) as [string, string];
  return [
    ...programs.map((program) => `signed: ${program.path} by ${signersInWords(program)}`),
    `Secure Boot: starts with ${started || 'no keys'}${refused === '' ? '' : `; is refused with ${refused}`}`,
  ];
}

/** The same as rows: one for each signature, and one for each generation of keys. */
export function signedView({ programs, starts }: SignedStart) {
  return {
    signatures: programs.flatMap(({ path, signers }) =>
      signers.length === 0
        ? [{ path, who: 'nobody', until: '', keyId: '' }]
        : signers.map(({ name, issuer, issuerKeyId, validUntil, above: [authority] }) => ({
            path,
            who: `${name}, for ${issuer}`,
            until: `until ${authority?.validUntil ?? validUntil}`,
            keyId: issuerKeyId,
          })),
    ),
    starts: starts.map(({ keys, starts: does, why }) => ({ keys, word: does ? 'starts' : 'refused', why })),
  };
}
