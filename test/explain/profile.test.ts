import { expect, test } from 'vitest';
import { compare, inWords, isSame, profileOf } from '../../scripts/explain/index.ts';
import { renderShipped, resolveShipped, shipped } from '../render/shipped.ts';

test.each(shipped)('%s on %s: a kickstart read back is what was resolved', (name, base) => {
  const flavour = resolveShipped(name, base);
  const profile = profileOf(renderShipped(name, base).kickstart);
  // What Anaconda would add by itself is kept away by the template, not by the flavour.
  const asked = [...profile.packages.keys()].filter((name) => !/^-(@platform-\w+|kernel|langpacks-\w+)$/.test(name));
  expect(asked.sort()).toEqual(flavour.packages.map((entry) => entry.name).sort());
  expect([...profile['kernel arguments'].keys()]).toEqual(flavour.kernelArguments.map(({ argument }) => argument));
  expect([...profile.files.keys()].filter((path) => !path.includes('-preset/')).sort()).toEqual(
    flavour.files.map(({ path }) => path).sort(),
  );
  const verb = { enable: 'enabled', disable: 'disabled', mask: 'masked' };
  expect(Object.fromEntries(profile.units)).toEqual(
    Object.fromEntries([
      ...flavour.units.map((unit) => [unit.name, verb[unit.preset]]),
      ...flavour.userUnits.map((unit) => [`${unit.name} (user)`, verb[unit.preset]]),
    ]),
  );
  expect([...profile.links.keys()].sort()).toEqual(flavour.links.map(({ path }) => path).sort());
});

const kickstart = (...lines: string[]): string =>
  ['%packages', 'bash', '%end', '%post', 'set -eu', ...lines, '%end', ''].join('\n');
const wordsOf = (before: string, after: string): string => inWords(compare(profileOf(before), profileOf(after)));

test('files differ by owner, mode and lines', () => {
  const before = kickstart("put /etc/a 0644 root:root <<'EOF'", 'one', 'two', 'EOF');
  const after = kickstart(
    "put /etc/a 0600 root:root <<'EOF'",
    'one',
    'three',
    'EOF',
    'put /etc/b 0644 root:root < /dev/null',
  );
  expect(wordsOf(before, after)).toBe(
    'files: 1 new, 1 different\n  + /etc/b\n  ~ /etc/a: 0644 root:root → 0600 root:root; +1 -1 lines\n',
  );
});

test('commands, packages and kernel arguments', () => {
  const before = 'lang C.UTF-8\nbootloader --append="a b"\n%packages\nbash\n%end\n';
  const after = 'lang de_DE.UTF-8\nbootloader --append="a c"\n%packages\nzsh\n%end\n';
  expect(wordsOf(before, after).split('\n')).toEqual([
    'packages: 1 new, 1 gone',
    '  + zsh',
    '  - bash',
    '',
    'kernel arguments: 1 new, 1 gone',
    '  + c',
    '  - b',
    '',
    'commands: 1 different',
    '  ~ lang: C.UTF-8 → de_DE.UTF-8',
    '',
  ]);
});

test('no password is in a comparison', () => {
  const user = (hash: string) => `user --name=me --iscrypted --password=${hash}\n`;
  expect(isSame(compare(profileOf(user('$6$first')), profileOf(user('$6$second'))))).toBe(true);
});
