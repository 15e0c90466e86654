import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { packFiles } from '../../scripts/dossier/file-list.ts';
import { trustClaim } from '../../scripts/release/trust.ts';
import { readPublicKey } from '../../scripts/signing/index.ts';
import { recordingContext } from '../commands/recording-context.ts';
import { typeIn } from '../commands/type-in.ts';
import { publicKey, published, secretKey, sha256 } from './published-sample.ts';

const signer = readPublicKey(publicKey);
const other = readPublicKey(path.join(path.dirname(publicKey), 'throw-away-encrypted.pub'));
const address = 'https://example.org/phyllome';

/** What is measured of a published directory; `inImage`: what the image's list of files says of its keys. */
function files(releases: unknown, inImage?: string) {
  const measured = (content: Uint8Array) => ({
    bytes: content.length,
    sha256: sha256(content),
    content: Buffer.from(content),
  });
  const record = { path: '/usr/lib/phyllome/releases/keys', type: 'file', mode: '644', owner: '0:0', size: 1 } as const;
  return new Map([
    ['manifest.json', measured(Buffer.from(JSON.stringify({ releases })))],
    ...(inImage === undefined
      ? []
      : ([['files.gz', measured(packFiles([{ ...record, sha256: sha256(inImage) }]))]] as const)),
  ]);
}

const judged = (...given: Parameters<typeof files>) => trustClaim(files(...given), signer);

test('whether an image trusts the key that it is signed by', () => {
  const both = { address, keys: [signer.line, other.line] };
  expect(judged(both, `${signer.line}\n${other.line}\n`)).toEqual([
    {
      state: 'verified',
      sentence: `the image trusts the key 4D788919362ACB8A that it is signed by, and takes a successor from ${address} where it is signed by 4D788919362ACB8A, FA01F71731660BEB`,
    },
  ]);
  expect(judged({ address, keys: [other.line] }, `${other.line}\n`)).toMatchObject([
    { state: 'not claimed', sentence: expect.stringMatching(/^trust in the key 4D788919362ACB8A .* refuses others$/) },
  ]);
  expect(trustClaim(files(both), undefined)).toMatchObject([
    { state: 'verified', sentence: expect.stringMatching(/^the image takes a successor .*there is no files.gz$/) },
  ]);
  expect(judged(undefined)).toMatchObject([{ state: 'not claimed' }]);
});

test('what is said and is not in the image, or is no key, is wrong', () => {
  const one = { address, keys: [signer.line] };
  expect(judged(one, `${other.line}\n`)).toMatchObject([{ state: 'wrong' }]);
  expect(judged(one, '')).toMatchObject([{ state: 'wrong' }]);
  for (const said of [
    [],
    7,
    null,
    { address },
    { address, keys: [] },
    { address, keys: ['x'] },
    { ...one, address: 'ftp://x' },
  ]) {
    expect(judged(said)).toMatchObject([{ state: 'wrong', sentence: expect.stringMatching(/cannot be read$/) }]);
  }
});

test('sign refuses a key that the image does not trust', async () => {
  const sign = (keys: readonly string[]) =>
    typeIn(
      ['sign', published({ releases: { address, keys } }), '--signing-key', secretKey()],
      recordingContext().context,
    );
  await expect(sign([other.line])).rejects.toThrow(/the image trusts FA01F71731660BEB, and not 4D788919362ACB8A/);
  // The keys are not in this sample's image.
  await expect(sign([signer.line])).rejects.toThrow(/^\/usr\/lib\/phyllome\/releases\/keys is not in files.gz/);
});

test('a secret key in the place of a public one is refused and not repeated', () => {
  const secret = readFileSync(secretKey(), 'utf8');
  const line = secret.split('\n')[1] ?? '';
  for (const given of [secretKey(), line]) {
    const read = () => readPublicKey(given);
    expect(read).toThrow(/is a secret key of minisign/);
    expect(read).not.toThrow(line.slice(8, 40));
  }
});
