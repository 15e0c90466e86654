import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { securityUpdates } from '../../scripts/lock-flavours/security-updates.ts';
import { locked } from '../package-lock/sample.ts';
import { temporaryDirectory } from '../plan/fixtures.ts';

const at = { file: 'base.yaml', start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 1, offset: 0 } };
const stanza = (name: string, version: string) => `Package: ${name}\nVersion: ${version}\nArchitecture: amd64\n\n`;

test('what is newer in the security repositories is waiting; what is older, or elsewhere, is not', () => {
  const lists = temporaryDirectory();
  const write = (suite: string, text: string) => {
    writeFileSync(path.join(lists, `m_dists_${suite}_main_binary-amd64_Packages`), text);
    writeFileSync(path.join(lists, `m_dists_${suite}_InRelease`), 'Date: Sun, 29 Nov 2026 00:53:14 UTC\n');
  };
  write('trixie', stanza('bash', '9'));
  write(
    'trixie-security',
    [
      stanza('openssl', '3.5.1-1+deb13u1'),
      stanza('openssl', '3.5.1-1+deb13u2'),
      stanza('zstd', '1.5.7~rc1'),
      stanza('login', '1:4.17-2'),
      stanza('same', '1'),
      stanza('qemu', '10'),
    ].join(''),
  );
  const found = securityUpdates(
    {
      lists: [
        [
          'system',
          [locked('bash', '5'), locked('openssl', '3.5.1-1+deb13u1'), locked('zstd', '1.5.7'), locked('same', '1')],
        ],
        ['tools', [locked('qemu', '9'), locked('login', '4.99')]],
      ],
      security: [{ id: 'debian-security', at, suite: 'trixie-security' }],
    },
    lists,
  );
  expect(found).toEqual({
    date: '2026-11-29',
    waiting: [
      { list: 'system', name: 'openssl', locked: '3.5.1-1+deb13u1', newer: '3.5.1-1+deb13u2' },
      { list: 'tools', name: 'qemu', locked: '9', newer: '10' },
      { list: 'tools', name: 'login', locked: '4.99', newer: '1:4.17-2' },
    ],
  });
});
