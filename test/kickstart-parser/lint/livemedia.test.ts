import { expect, test } from 'vitest';
import { findings, fixed, places } from './findings.ts';

const livemedia = { profile: 'livemedia' } as const;

test('dracut-live in a group is not enough, and not needed for other targets', () => {
  const text = '%packages\n@anaconda-tools\n%end\n';
  expect(places('livemedia-dracut-live', text, livemedia)).toEqual(['1:1']);
  expect(fixed('livemedia-dracut-live', text, livemedia)).toBe('%packages\n@anaconda-tools\ndracut-live\n%end\n');
  expect(places('livemedia-dracut-live', text, { ...livemedia, livemediaTarget: 'tar' })).toEqual([]);
  expect(places('livemedia-dracut-live', '%packages\ndracut-live\n%end\n', livemedia)).toEqual([]);
});

test('every display mode is refused at its place', () => {
  expect(places('livemedia-display-mode', 'lang C\n  text\ngraphical # x\n', livemedia)).toEqual(['2:3', '3:1']);
  expect(fixed('livemedia-display-mode', 'lang C\n  text\nkeyboard us\n', livemedia)).toBe('lang C\nkeyboard us\n');
});

test('the size of / is needed, and the last part / counts', () => {
  expect(places('livemedia-root-size', 'part / --size=1\npart / --grow\n', livemedia)).toEqual(['2:1']);
  expect(places('livemedia-root-size', 'part / --grow\npart / --size=1\n', livemedia)).toEqual([]);
  expect(places('livemedia-root-size', '\nautopart\n', livemedia)).toEqual(['2:1']);
});

test('for a disk all partitions count, volumes in them do not', () => {
  const disk = { ...livemedia, livemediaTarget: 'disk' } as const;
  const lvm = 'part pv.1 --size=8000\nvolgroup v pv.1\nlogvol / --vgname=v --name=r --size=1 --grow\n';
  expect(places('livemedia-root-size', lvm, disk)).toEqual([]);
  expect(places('livemedia-root-size', lvm, livemedia)).toEqual(['1:1']);
  expect(places('livemedia-root-size', 'part / --size=1\npart /home --grow\n', disk)).toEqual(['2:1']);
  expect(places('livemedia-root-size', 'part / --size=1\npart /home --grow\n', livemedia)).toEqual([]);
});

test('a live system over the network has one file system, in a virtual machine any', () => {
  const pxe = { ...livemedia, livemediaTarget: 'pxe-live' } as const;
  expect(places('livemedia-single-root', 'part / --size=1\npart /x --size=1\n', pxe)).toEqual(['2:1']);
  expect(places('livemedia-single-root', 'part / --size=1\npart /x --size=1\n', { ...pxe, isVirtual: true })).toEqual(
    [],
  );
});

test('a file system image has one file system, swap aside', () => {
  const options = { ...livemedia, livemediaTarget: 'filesystem' } as const;
  expect(places('livemedia-single-root', 'part / --size=1\npart swap --size=1\npart /x --size=1\n', options)).toEqual([
    '3:1',
  ]);
  expect(places('livemedia-single-root', 'autopart\n', options)).toEqual(['1:1']);
  expect(places('livemedia-single-root', 'autopart\n', { ...options, isVirtual: true })).toEqual([]);
});

test('repo needs url, and something must be there to install from', () => {
  expect(findings('livemedia-source', 'nfs --server=s --dir=/d\nrepo --name=r\n', livemedia)).toHaveLength(1);
  expect(findings('livemedia-source', 'url --url=http://x/\nrepo --name=r\n', livemedia)).toEqual([]);
  expect(findings('livemedia-source', 'cdrom\n', livemedia)).toHaveLength(1);
  expect(findings('livemedia-source', 'cdrom\n', { ...livemedia, isVirtual: true })).toEqual([]);
});

test('network is needed unless the packages are local', () => {
  expect(findings('livemedia-network', 'url --url=file:///srv/repo\n', livemedia)).toEqual([]);
  expect(findings('livemedia-network', 'ostreesetup --osname=o --url=http://x/ --ref=r\n', livemedia)).toEqual([]);
  expect(findings('livemedia-network', 'nfs --server=s --dir=/d\n', livemedia)).toHaveLength(1);
  expect(fixed('livemedia-network', 'url --url=http://x/\n\n%packages\n%end\n', livemedia)).toBe(
    'url --url=http://x/\n\nnetwork --bootproto=dhcp --activate\n%packages\n%end\n',
  );
});

test('halt is no end, and a virtual machine must not reboot', () => {
  expect(places('end-action', 'halt\n', livemedia)).toEqual(['1:1']);
  expect(places('end-action', 'reboot\n', livemedia)).toEqual([]);
  expect(places('end-action', 'reboot\n', { ...livemedia, isVirtual: true })).toEqual(['1:1']);
  expect(fixed('end-action', 'lang C', livemedia)).toBe('lang C\npoweroff\n');
});
