import { expect, test } from 'vitest';
import { findings, fixed, places } from './findings.ts';

test('mount-point-twice: shows both places, across commands', () => {
  const text = 'part / --size=1\nlogvol / --vgname=v --name=r --size=1\npart swap --size=1\npart swap --size=2\n';
  expect(findings('mount-point-twice', text)).toMatchObject([
    { span: { start: { line: 2 } }, related: [{ span: { start: { line: 1 } } }] },
  ]);
});

test('services-twice: only a list that is replaced counts', () => {
  expect(findings('services-twice', 'services --enabled=a\nservices --disabled=b\n')).toEqual([]);
  expect(findings('services-twice', 'services --enabled=a\nservices --disabled=b --enabled=c\n')).toMatchObject([
    { span: { start: { line: 2, column: 23 } }, related: [{ span: { start: { line: 1 } } }] },
  ]);
});

test('repo-named-updates: renames only what is written inline', () => {
  expect(fixed('repo-named-updates', 'repo --name=updates --cost=1\n')).toBe('repo --name=updates-released --cost=1\n');
  expect(findings('repo-named-updates', 'repo --name updates\n')[0]?.fix).toBeUndefined();
  expect(findings('repo-named-updates', 'repo --name=updates-x\n')).toEqual([]);
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
