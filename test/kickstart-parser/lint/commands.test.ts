import { check, encode, flatten, type LintOptions, lint, parse } from 'kickstart-parser';
import { expect, test } from 'vitest';
import { findings, fixed, places } from './findings.ts';

test('mount-point-twice: shows both places, across commands', () => {
  const text = 'part / --size=1\nlogvol / --vgname=v --name=r --size=1\npart swap --size=1\npart swap --size=2\n';
  expect(findings('mount-point-twice', text)).toMatchObject([
    { span: { start: { line: 2 } }, related: [{ span: { start: { line: 1 } } }] },
  ]);
});

test('mount-point-twice: two partitions for one place are told once, however the rule is left out', () => {
  const document = parse('part / --size=1\npart / --size=2\n', { file: 'test.ks' });
  const told = (options: LintOptions) =>
    check(document, options)
      .map(({ code, severity }) => `${code} ${severity}`)
      .filter((line) => /twice|duplicate/.test(line));
  expect(told({})).toEqual(['mount-point-twice error']);
  expect(told({ profile: 'livemedia' })).toEqual(['mount-point-twice info']);
  expect(told({ without: ['mount-point-twice'] })).toEqual(['duplicate-entry warning']);
});

test('mount-point-twice: across included files the line that is read later comes second', () => {
  const files = new Map([['/base.ks', `${'# a long file\n'.repeat(20)}part / --size=1\n`]]);
  const main = parse('%include base.ks\npart / --size=2\n', { file: '/main.ks' });
  const read = (path: string) => (files.has(path) ? encode(files.get(path) ?? '') : undefined);
  const { document } = flatten(main, { workingDirectory: '/', read });
  const find = (options: LintOptions) => lint(document, options).filter(({ code }) => code === 'mount-point-twice');
  expect(find({})).toMatchObject([{ span: { file: '/main.ks' }, related: [{ span: { file: '/base.ks' } }] }]);
  expect(find({ profile: 'livemedia' })).toMatchObject([
    { severity: 'info', span: { file: '/main.ks' }, related: [{ span: { file: '/base.ks' } }] },
  ]);
  expect(find({ profile: 'livemedia', livemediaTarget: 'disk' })).toMatchObject([{ severity: 'error' }]);
});

test('services-twice: only a list that is replaced counts', () => {
  expect(findings('services-twice', 'services --enabled=a\nservices --disabled=b\n')).toEqual([]);
  expect(findings('services-twice', 'services --enabled=a\nservices --disabled=b --enabled=c\n')).toMatchObject([
    { span: { start: { line: 2, column: 23 } }, related: [{ span: { start: { line: 1 } } }] },
  ]);
});

test('repo-named-updates: an id of the builder with an address of its own', () => {
  const at = ' --baseurl=https://example.org/';
  const first = (text: string) => findings('repo-named-updates', text)[0];
  expect(first(`repo --name=updates${at}\n`)).toMatchObject({
    severity: 'warning',
    suggestions: [{ edits: [{ text: '--name=my-updates' }] }],
  });
  expect(first(`repo --name=fedora${at}\nrepo --name=my-fedora${at}\n`)?.hint).toContain('my-my-fedora');
  expect(first(`repo --name updates${at}\n`)?.suggestions).toBeUndefined();
  const list = ' --mirrorlist=https://mirrors.fedoraproject.org/mirrorlist?repo=updates-released-f44&arch=x86_64';
  expect(first(`repo --name=updates${list}\n`)?.severity).toBe('info');
});

test('repo-named-updates: not without an address, with an id of its own, or on RHEL', () => {
  expect(findings('repo-named-updates', 'repo --name=updates\n')).toEqual([]);
  expect(findings('repo-named-updates', 'repo --name=updates-x --baseurl=https://example.org/\n')).toEqual([]);
  const text = 'repo --name=updates --baseurl=https://example.org/\n';
  expect(findings('repo-named-updates', text, { version: 'RHEL10' })).toEqual([]);
});

test('missing-comment-sign: packages, %end and %include; groups may have blanks', () => {
  const text = '%include /x.ks the base\n%packages\n@Some Group --optional\nvim an editor # ok\n%end of it\n';
  expect(places('missing-comment-sign', text)).toEqual(['1:16', '5:6', '4:5']);
  expect(fixed('missing-comment-sign', text)).toBe(
    '%include /x.ks # the base\n%packages\n@Some Group --optional\nvim # an editor # ok\n%end # of it\n',
  );
});

test('package-contradiction: in either order and across sections', () => {
  expect(places('package-contradiction', '%packages\n-@a\nvim\n%end\n%packages\n@a\n-vim\n%end\n')).toEqual([
    '6:1',
    '7:1',
  ]);
  expect(places('package-contradiction', '%packages\nvim\nvim\n-vi\n%end\n')).toEqual([]);
});

test('weak-dependencies-without-firmware: only for real hardware, and any firmware will do', () => {
  const text = '%packages --exclude-weakdeps\nkernel\n%end\n';
  const options = { isBareMetal: true };
  expect(places('weak-dependencies-without-firmware', text, options)).toEqual(['1:11']);
  expect(places('weak-dependencies-without-firmware', text)).toEqual([]);
  expect(places('weak-dependencies-without-firmware', text.replace('kernel', 'iwlwifi-mvm-firmware'), options)).toEqual(
    [],
  );
  expect(places('weak-dependencies-without-firmware', '%packages\nkernel\n%end\n', options)).toEqual([]);
});

test('small-boot-partition: from Fedora 44 on, and where there are partitions', () => {
  const rule = 'small-boot-partition';
  const text = 'part /boot --size=1023\npart /boot/efi --size=499\npart / --size=300\n';
  expect(places(rule, text, { version: 'F44' })).toEqual(['1:12', '2:16']);
  expect(places(rule, text, { version: 'F45', profile: 'livemedia', livemediaTarget: 'disk' })).toHaveLength(2);
  expect(places(rule, text, { profile: 'livemedia', livemediaTarget: 'iso' })).toEqual([]);
  expect(places(rule, text, { version: 'F43' })).toEqual([]);
  expect(places(rule, text, { version: 'RHEL10' })).toEqual([]);
  expect(places(rule, text, { profile: 'direct' })).toEqual([]);
  expect(places(rule, 'part /boot --size=1024\npart /boot/efi --size=500\n')).toEqual([]);
  expect(places(rule, 'part /boot/efi --size=64 --grow\n')).toEqual([]);
});
