import { expect, test } from 'vitest';
import { withoutSecrets } from '../../../scripts/report/diagnostics/secrets.ts';

test.each([
  ['user --name=me --password=hunter2 --uid=7', 'user --name=me --password=••••••• --uid=7'],
  ['user --password "two words" --lock', 'user --password ••••••••••• --lock'],
  ['part / --passphrase=abc --size=1', 'part / --passphrase=••• --size=1'],
  ['rootpw hunter2', 'rootpw •••••••'],
  ['rootpw --plaintext hunter2', 'rootpw --plaintext •••••••'],
  ['rootpw --iscrypted $6$ab$cdefgh', 'rootpw --iscrypted ••••••••••••'],
  ['user --password a --passphrase=b', 'user --password • --passphrase=•'],
  ['rootpw   hunter2 --lock', 'rootpw   ••••••• --lock'],
  ['  - passwordHash: hunter2', '  - passwordHash: •••••••'],
  ['x $y$j9T$ab/c.d$efg. y', 'x •••••••••••••••••• y'],
])('%s', (text, expected) => {
  expect(withoutSecrets(text)).toBe(expected);
});

test.each(['rootpw --lock', 'passwd and $HOME', 'the key `passwordHash` is unknown', 'password: '])(
  '%s stays',
  (text) => {
    expect(withoutSecrets(text)).toBe(text);
  },
);
