import { expect, test } from 'vitest';
import { progressReader } from '../../scripts/plan/progress.ts';

const totals = { count: 95, bytes: 148_000_000 };

test('apt: files and bytes of how many', () => {
  const read = progressReader('apt-download', totals);
  expect(read('Reading package lists...')).toBeUndefined();
  expect(read('Get:1 http://deb.debian.org/debian trixie/main amd64 dmsetup amd64 2:1.02.205-2 [82.3 kB]')).toBe(
    '1/95 files, 0.1/148.0 MB',
  );
  expect(read('Get:2 http://deb.debian.org/debian trixie/main amd64 Packages [9678 kB]')).toBe(
    '2/95 files, 9.8/148.0 MB',
  );
});

test('dpkg: unpacked and set up of how many, never more than there are', () => {
  const read = progressReader('dpkg', { count: 1, bytes: 0 });
  expect(read('Unpacking libc6:amd64 (2.41) ...')).toBe('unpacking 1/1 libc6:amd64');
  expect(read('Unpacking libc6:amd64 (2.41) over (2.40) ...')).toBe('unpacking 1/1 libc6:amd64');
  expect(read('Setting up dracut (106-6) ...')).toBe('setting up 1/1 dracut');
  expect(progressReader('dpkg', undefined)('Setting up dracut (106-6) ...')).toBe('setting up 1 dracut');
});

test('without a lock file, the total is what apt announced so far', () => {
  const read = progressReader('dpkg', undefined);
  read('0 upgraded, 69 newly installed, 0 to remove and 0 not upgraded.');
  expect(read('Unpacking a (1) ...')).toBe('unpacking 1/69 a');
  read('0 upgraded, 112 newly installed, 0 to remove and 0 not upgraded.');
  expect(read('Unpacking b (1) ...')).toBe('unpacking 2/181 b');
});

test('percentages of mksquashfs and xorriso', () => {
  const read = progressReader('percentage', undefined);
  expect(read('42%')).toBe('42 %');
  expect(read('xorriso : UPDATE :  46.26% done')).toBe('46 %');
  expect(read('nothing here')).toBeUndefined();
});

test('sizes in every unit of apt, with a comma for thousands', () => {
  const get = (size: string) => `Get:12 http://mirror trixie/main amd64 Packages [${size}]`;
  const after = (...sizes: string[]) => {
    const read = progressReader('apt-download', undefined);
    return sizes.map((size) => read(get(size))).at(-1);
  };
  expect(after('1,500 kB')).toBe('1 files, 1.5 MB');
  expect(after('2.5 MB', '1 GB')).toBe('2 files, 1002.5 MB');
  expect(after('60000 B')).toBe('1 files, 0.1 MB');
  expect(progressReader('apt-download', undefined)(` ${get('1 MB')}`)).toBeUndefined();
  expect(progressReader('apt-download', undefined)('Get:1 http://mirror x')).toBeUndefined();
});

test('dpkg: lines that begin otherwise say nothing; what is over the total is the total', () => {
  const read = progressReader('dpkg', { count: 2, bytes: 0 });
  expect(read('Selecting previously unselected package a.')).toBeUndefined();
  expect(read('x Unpacking a (1)')).toBeUndefined();
  expect(['a', 'b', 'c'].map((name) => read(`Unpacking ${name} (1)`))).toEqual([
    'unpacking 1/2 a',
    'unpacking 2/2 b',
    'unpacking 2/2 c',
  ]);
  expect(read('Setting up a (1)')).toBe('setting up 1/2 a');
});

test('a percentage is a word of its own', () => {
  const read = progressReader('percentage', undefined);
  expect(read('100%')).toBe('100 %');
  expect(read('done  7.5% now')).toBe('7 %');
  expect(read('a12%')).toBeUndefined();
});

test('a step without a kind of progress tells nothing', () => {
  expect(progressReader(undefined, undefined)('42%')).toBeUndefined();
});

test('what apt announces is a line of its own', () => {
  const read = progressReader('dpkg', undefined);
  read('W: 1 upgraded, 50 newly installed');
  read('10 upgraded, 7 newly installed, 0 to remove and 0 not upgraded.');
  expect(read('Unpacking a (1)')).toBe('unpacking 1/7 a');
});
