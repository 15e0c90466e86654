import { expect, test } from 'vitest';
import { kickstartsInWords } from '../../scripts/committed-set/kickstart-names.ts';

const flavours = ['headless', 'headless-bridge', 'headless-secure', 'nano'];
const all = [
  ...flavours.flatMap((flavour) => ['debian-13', 'fedora-44'].map((base) => `${flavour}.${base}.ks`)),
  'installed.fedora-44.ks',
  'installed.fedora-44.installer.ks',
];
const words = (isMeant: (file: string) => boolean): string =>
  kickstartsInWords(new Set(all.filter(isMeant)), new Set(all));

test.each<[string, (file: string) => boolean]>([
  ['every flavour', () => true],
  ['every flavour but nano', (file) => !file.startsWith('nano')],
  ['headless-bridge, headless-secure', (file) => /-bridge|-secure/.test(file)],
  ['nano', (file) => file.startsWith('nano')],
  ['every flavour on debian-13', (file) => file.includes('debian')],
  ['every flavour but nano on fedora-44', (file) => file.includes('fedora') && !file.startsWith('nano')],
  ['headless on debian-13', (file) => file === 'headless.debian-13.ks'],
  ['installed', (file) => file.startsWith('installed')],
  ['installed on fedora-44 for installer', (file) => file.endsWith('.installer.ks')],
  ['nano on debian-13; headless on fedora-44', (file) => ['nano.debian-13.ks', 'headless.fedora-44.ks'].includes(file)],
])('%s', (told, isMeant) => {
  expect(words(isMeant).split('; ').sort()).toEqual(told.split('; ').sort());
});
