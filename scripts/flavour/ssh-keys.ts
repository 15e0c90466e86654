import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import type { Span } from '../diagnostic/index.ts';
import type { Findings } from './findings.ts';
import { type Layer, spanIn } from './layer.ts';
import type { ResolvedFlavour, ResolvedUser } from './model.ts';
import { keyProblem } from './ssh-key.ts';

/** A file of keys is small; what is larger is something else. */
const MOST_BYTES = 256 * 1024;

/** The public keys that flavours give, each decoded: one that sshd would not take would let nobody in, and say nothing. */
export function resolveSshKeys(
  layers: readonly Layer[],
  users: readonly ResolvedUser[],
  findings: Findings,
): ResolvedFlavour['sshKeys'] {
  const names = [...users.map((user) => user.name), 'root'];
  return layers.flatMap((layer) =>
    (layer.data.sshKeys ?? []).flatMap(({ user, key, keyFile }, index) => {
      const at = spanIn(layer, ['sshKeys', index, 'user']);
      if (!names.includes(user)) findings.unknownName('unknown-user', 'user', user, names, at);
      if ((key === undefined) === (keyFile === undefined)) {
        const message = key === undefined ? 'the key is missing' : 'a key and the file of one are given at once';
        const hint = 'say `key:` with the line of a public key file, or `keyFile:` with the path of one';
        findings.error('one-key', message, spanIn(layer, ['sshKeys', index]), { hint });
        return [];
      }
      const place = spanIn(layer, ['sshKeys', index, key === undefined ? 'keyFile' : 'key']);
      const lines = key === undefined ? linesOf(`${keyFile}`, layer, place, findings) : [{ text: key.trim() }];
      return lines.flatMap(({ text, where }) => {
        const problem = keyProblem(text);
        if (problem === undefined) return [{ user, key: text, by: layer.name, at }];
        findings.error(problem.code, `${where ? `${where}: ` : ''}${problem.message}`, place, { hint: problem.hint });
        return [];
      });
    }),
  );
}

/** The keys of a file, and where each stands; empty, with a finding, where there are none. */
function linesOf(
  asked: string,
  layer: Layer,
  place: Span,
  findings: Findings,
): readonly { readonly text: string; readonly where?: string }[] {
  const file = asked.startsWith('~/') ? path.join(homedir(), asked.slice(2)) : path.resolve(layer.root.path, asked);
  const none = (message: string, hint: string) => {
    findings.error('missing-key-file', message, place, { hint });
    return [];
  };
  const make = '`ssh-keygen -t ed25519` makes a pair; the public half is `~/.ssh/id_ed25519.pub`';
  let text: string;
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined) return none(`there is no file \`${asked}\``, `looked for ${file}. ${make}`);
    if (!found.isFile()) return none(`\`${asked}\` is no file`, make);
    if (found.size > MOST_BYTES) return none(`\`${asked}\` is too large for a file of public keys`, make);
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code = 'it cannot be opened' } = error as NodeJS.ErrnoException;
    return none(`\`${asked}\` cannot be read: ${code === 'EACCES' ? 'it may not be, by you' : code}`, make);
  }
  if (/-----BEGIN|PuTTY-User-Key-File|BEGIN SSH2/.test(text)) return [{ text, where: asked }];
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line, index) => ({ text: line.trim(), where: `${asked}:${index + 1}` }))
    .filter((line) => line.text !== '' && !line.text.startsWith('#'));
  return lines.length > 0 ? lines : none(`no key is in \`${asked}\``, make);
}
