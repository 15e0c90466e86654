import { verify } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openEnvelope, readPublicKey, sealEnvelope, unlockKey } from '../../scripts/signing/index.ts';
import { scratchDirectory } from '../commands/recording-context.ts';

const fixtures = path.join(import.meta.dirname, '../fixtures/minisign');
const type = 'http://example.com/HelloWorld';

async function sealed(name = 'throw-away.key') {
  const file = path.join(scratchDirectory(), 'key');
  writeFileSync(file, readFileSync(path.join(fixtures, name)), { mode: 0o600 });
  const key = await unlockKey(file, {});
  return { key, line: sealEnvelope('hello world', type, key) };
}

test('what an envelope signs is what the DSSE specification says for this example', async () => {
  const { key, line } = await sealed();
  const envelope = JSON.parse(line) as {
    payload: string;
    payloadType: string;
    signatures: { keyid: string; sig: string }[];
  };
  expect([envelope.payload, envelope.payloadType]).toEqual([Buffer.from('hello world').toString('base64'), type]);
  const [signature] = envelope.signatures;
  expect(signature?.keyid).toBe('4D788919362ACB8A');
  const covered = Buffer.from('DSSEv1 29 http://example.com/HelloWorld 11 hello world');
  expect(verify(null, covered, key.publicKey.key, Buffer.from(signature?.sig ?? '', 'base64'))).toBe(true);
  expect(openEnvelope(line, type, key.publicKey)).toEqual({ payload: 'hello world' });
});

test('an envelope that was changed, is of another key or type, or none at all, is not opened', async () => {
  const { key, line } = await sealed();
  const other = readPublicKey(path.join(fixtures, 'throw-away-encrypted.pub'));
  const text = Buffer.from('hello w0rld').toString('base64');
  const unsigned = { fault: 'is not signed by the key 4D788919362ACB8A, or was changed' };
  expect(openEnvelope(line.replace(/"payload":"[^"]*"/, `"payload":"${text}"`), type, key.publicKey)).toEqual(unsigned);
  expect(openEnvelope(line.replace(/"signatures":.*]/, '"signatures":[]'), type, key.publicKey)).toEqual(unsigned);
  expect(openEnvelope(line, type, other)).toHaveProperty('fault');
  expect(openEnvelope(line, 'text/plain', key.publicKey)).toEqual({ fault: 'holds something else than a statement' });
  for (const none of ['', 'null', '[]', '{}', '{"payload":1}', line.slice(1), line.replace(/\[.*]/, '[null,3]')]) {
    expect(openEnvelope(none, type, key.publicKey), none).toHaveProperty('fault');
  }
});
