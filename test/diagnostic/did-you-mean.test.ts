import { expect, test } from 'vitest';
import { closest } from '../../scripts/diagnostic/did-you-mean.ts';

const names = ['console', 'network', 'libvirt', 'vfio'];

test.each([
  ['consol', 'console'],
  ['netwrok', 'network'],
  ['Libvirt', 'libvirt'],
  ['libvrit', 'libvirt'],
  ['vfi', 'vfio'],
])('%s is a slip of %s', (word, meant) => {
  expect(closest(word, names)).toBe(meant);
});

test.each(['printing', 'xy', ''])('%j is a slip of nothing', (word) => {
  expect(closest(word, names)).toBeUndefined();
});

test('the nearest of several is taken, whatever their order', () => {
  expect(closest('image', ['images', 'imago-x', 'image-s'])).toBe('images');
  expect(closest('image', ['image-s', 'images'])).toBe('images');
});
