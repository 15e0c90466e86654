import { sign, verify } from 'node:crypto';
import type { PublicKey } from './public-key.ts';
import type { SigningKey } from './secret-key.ts';

/** A DSSE envelope as JSON in one line: what is signed travels inside. https://github.com/secure-systems-lab/dsse */
export function sealEnvelope(payload: string, payloadType: string, { key, publicKey }: SigningKey): string {
  const body = Buffer.from(payload);
  const signature = sign(null, preAuthentication(payloadType, body), key);
  return JSON.stringify({
    payload: body.toString('base64'),
    payloadType,
    signatures: [{ keyid: publicKey.name, sig: signature.toString('base64') }],
  });
}

/** What is in an envelope of this type; or in words why it is not to be believed, as the end of a sentence. */
export function openEnvelope(
  line: string,
  payloadType: string,
  key: PublicKey,
): { readonly payload: string } | { readonly fault: string } {
  const envelope = envelopeIn(line);
  if (envelope === undefined) return { fault: 'is no DSSE envelope' };
  if (envelope.payloadType !== payloadType) return { fault: 'holds something else than a statement' };
  const body = Buffer.from(envelope.payload, 'base64');
  const covered = preAuthentication(payloadType, body);
  // Whichever name it gives its key: a name proves nothing.
  const isGood = envelope.signatures.some((signature) =>
    verify(null, covered, key.key, Buffer.from(signature, 'base64')),
  );
  return isGood
    ? { payload: body.toString('utf8') }
    : { fault: `is not signed by the key ${key.name}, or was changed` };
}

function preAuthentication(type: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${body.length} `), body]);
}

interface Envelope {
  readonly payload: string;
  readonly payloadType: string;
  readonly signatures: readonly string[];
}

function envelopeIn(line: string): Envelope | undefined {
  try {
    const { payload, payloadType, signatures }: Record<string, unknown> = Object(JSON.parse(line));
    if (typeof payload !== 'string' || typeof payloadType !== 'string' || !Array.isArray(signatures)) return undefined;
    const texts = signatures.map((one: unknown) => (Object(one) as Record<string, unknown>).sig);
    return { payload, payloadType, signatures: texts.filter((one) => typeof one === 'string') };
  } catch {
    return undefined;
  }
}
