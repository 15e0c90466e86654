import { applyFixes, check, type Diagnostic, type KickstartVersion, parse, validate } from 'kickstart-parser';
import { expect, test } from 'vitest';

/** What a kickstart becomes by each suggestion of the first finding that has some. */
function offers(text: string, version: KickstartVersion = 'F44'): string[] {
  const found = validate(parse(text, { file: 'k' }), version);
  return results(
    text,
    found.find(({ suggestions }) => suggestions !== undefined),
  );
}

function results(text: string, finding: Diagnostic | undefined): string[] {
  if (finding === undefined) return [];
  const { fix: _fix, suggestions = [], ...bare } = finding;
  return suggestions.map((fix) => applyFixes(text, 'k', [{ ...bare, fix }]).text);
}

/** What a kickstart becomes when all fixes that apply by themselves are applied. */
function fixed(text: string, profile: 'anaconda' | 'livemedia' = 'anaconda'): string {
  return applyFixes(text, 'k', check(parse(text, { file: 'k' }), { version: 'F44', profile, checkShell: false })).text;
}

test.each([
  ['bootloader --append=quiet rhgb\n', ['bootloader --append="quiet rhgb"\n', 'bootloader --append=quiet # rhgb\n']],
  ['bootloader --append quiet rhgb --location=mbr\n', ['bootloader --append="quiet rhgb" --location=mbr\n']],
  ['services --enabled=sshd chronyd\n', ['services --enabled=sshd,chronyd\n', 'services --enabled=sshd # chronyd\n']],
  [
    'network --nameserver=1.1.1.1, 9.9.9.9 --activate\n',
    ['network --nameserver="1.1.1.1, 9.9.9.9" --activate\n', 'network --nameserver=1.1.1.1,9.9.9.9 --activate\n'],
  ],
  ['part / 8192\n', ['part / --size=8192\n', 'part / # 8192\n']],
  ['part swap 2G\n', ['part swap --size=2048\n', 'part swap # 2G\n']],
  ['part / 1.5GiB\n', ['part / --size=1536\n', 'part / # 1.5GiB\n']],
  ['part / 512k\n', ['part / # 512k\n']],
  ['part / size=2T\n', ['part / --size=2097152\n', 'part / # size=2T\n']],
  ['part / --size=10G\n', ['part / --size=10240\n']],
  ['part / --size 512MB --grow\n', ['part / --size 512 --grow\n']],
  ['part / --size=1 --maxsize=20gb\n', ['part / --size=1 --maxsize=20480\n']],
  ['part / --size=2.0001G\n', []],
  ['logvol / 8G --vgname=v --name=r\n', ['logvol / --size=8192 --vgname=v --name=r\n']],
  ['logvol / --vgname=v --name=r --size=8G\n', ['logvol / --vgname=v --name=r --size=8192\n']],
  ['volgroup v pv.1 --pesize=4M\n', ['volgroup v pv.1 --pesize=4096\n']],
  ['part / ext4 --size=1\n', ['part / --fstype=ext4 --size=1\n']],
  ['url https://example.org/os/\n', ['url --url=https://example.org/os/\n', 'url # https://example.org/os/\n']],
  [
    'url https://example.org/mirrorlist?repo=x\n',
    ['url --mirrorlist=https://example.org/mirrorlist?repo=x\n', 'url # https://example.org/mirrorlist?repo=x\n'],
  ],
  ['network dhcp\n', ['network --bootproto=dhcp\n', 'network # dhcp\n']],
  ['clearpart all\n', ['clearpart --all\n', 'clearpart # all\n']],
  ['user ada\n', ['user --name=ada\n', 'user # ada\n']],
  ['lang C de_DE.UTF-8\n', ['lang C # de_DE.UTF-8\n']],
  ['part / --noformt=yes\n', ['part / --noformat=yes\n']],
  ['network --activate=no\n', ['network\n', 'network --activate\n']],
  ['network --activate=maybe\n', ['network --activate\n', 'network\n']],
  ['%packages\nvim\nlang C\n', ['%packages\nvim\nlang C\n%end\n']],
  ['lang C\n%end\n', ['lang C\n']],
] as const)('%j is left to a person, who is offered what it may mean', (text, expected) => {
  expect(offers(text)).toEqual(expected);
  expect(fixed(text)).toBe(text);
});

test.each([
  ['services --enabled=sshd, chronyd\n', 'services --enabled=sshd,chronyd\n'],
  ['services --enabled sshd ,chronyd,\n', 'services --enabled=sshd,chronyd\n'],
  ['firewall --port=80, 443 --ssh\n', 'firewall --port=80,443 --ssh\n'],
  ['network --activate=yes\n', 'network --activate\n'],
  ['lang C the language\n', 'lang C # the language\n'],
  ['%packages\nvim the editor\n%end\n', '%packages\nvim # the editor\n%end\n'],
])('%j can only mean %j', (text, after) => {
  expect(fixed(text)).toBe(after);
});

test.each([
  '%post\ndnf -y install vim\n%end\n',
  '%packages\nvim emacs\n%end\n',
  '%include /tmp/a.ks /tmp/b.ks\n',
  'repo --name=updates --baseurl=https://example.org/\n',
  '%post\nset -e\nmodprobe vfio_virqfd\n%end\n',
  'halt\n',
])('%j is not changed by itself', (text) => {
  expect(fixed(text)).toBe(text);
});

test('halt stays under livemedia, and an end is offered', () => {
  const found = check(parse('halt\n', { file: 'k' }), { profile: 'livemedia' }).find(
    ({ code }) => code === 'end-action',
  );
  expect(found?.fix).toBeUndefined();
  expect(results('halt\n', found)).toEqual(['halt\npoweroff\n']);
});

test('what may stand in an included file that is not read is offered, and not added', () => {
  const text = 'url --url=https://example.org/\n%include /tmp/made.ks\n%packages\n%include /tmp/packages\n%end\n';
  const found = check(parse(text, { file: 'k' }), { profile: 'livemedia' });
  expect(found.filter(({ fix }) => fix !== undefined)).toEqual([]);
  expect(found.map(({ code }) => code)).not.toContain('end-action');
  expect(found.filter(({ suggestions }) => suggestions).map(({ code }) => code)).toEqual([
    'livemedia-network',
    'livemedia-dracut-live',
  ]);
});

test('packages on one line are offered as a comment or as lines', () => {
  const text = '%packages\nvim emacs\n%end\n';
  const found = check(parse(text, { file: 'k' })).find(({ code }) => code === 'missing-comment-sign');
  expect(results(text, found)).toEqual(['%packages\nvim # emacs\n%end\n', '%packages\nvim\nemacs\n%end\n']);
  const commas = '%packages\nvim, emacs\n%end\n';
  const [other] = check(parse(commas, { file: 'k' })).filter(({ code }) => code === 'missing-comment-sign');
  expect(results(commas, other)).toContain('%packages\nvim\nemacs\n%end\n');
});

test('of two words that are equally near neither is taken', () => {
  const [finding] = validate(parse('network --noipv5\n'), 'F44');
  expect(finding).toMatchObject({ hint: 'Did you mean --noipv4 or --noipv6?' });
  expect(finding?.fix).toBeUndefined();
  expect(offers('network --noipv5\n')).toEqual(['network --noipv4\n', 'network --noipv6\n']);
});

test('a module that is gone is missed, one that had no effect is not', () => {
  expect(offers('module --name=x\n', 'F45')).toEqual(['']);
  expect(fixed('module --name=x\n')).toBe('');
});

test('words together are one finding, and a long line ends the list', () => {
  const sentence = 'part of the disk is kept for people in the other office who come later\n';
  expect(validate(parse(sentence), 'F44')).toMatchObject([
    { message: '"the disk is kept for people in the other…" is 13 words too many' },
  ]);
  expect(validate(parse('part / --own disk of mine\n'), 'F44')).toMatchObject([
    { message: 'F44 has no option --own here' },
  ]);
  const long = validate(parse(`firewall${' --ssh --bogus x'.repeat(1000)}\n`), 'F44');
  expect(long).toHaveLength(11);
  expect(long.at(-1)?.message).toBe('1980 more words that belong to nothing');
});

test.each([
  [
    'logging --host=x --level=info\n',
    'F44',
    'F44 has no option --level here: it is gone since F40',
    'logging --host=x\n',
  ],
  ['timesource --ntp-server=x --nts\n', 'F36', undefined, undefined],
  ['bootloader --sdboot\n', 'F38', 'F38 has no option --sdboot here: it exists since F39', 'bootloader --sdboot\n'],
  [
    'timezone UTC --isUtc\n',
    'RHEL10',
    'RHEL10 has no option --isUtc here: it is gone since RHEL10',
    'timezone UTC --utc\n',
  ],
] as const)('%j in %s', (text, version, message, after) => {
  const found = validate(parse(text, { file: 'k' }), version);
  expect(found[0]?.message).toBe(message);
  if (after !== undefined) expect(applyFixes(text, 'k', found).text).toBe(after);
});
