import { expect, test } from 'vitest';
import { dialogLanguages } from '../../../scripts/installation/dialogs/words/catalogues.ts';
import { en } from '../../../scripts/installation/dialogs/words/en.ts';
import { around, press, simple } from './pressed.ts';
import { esc, ScriptedScreen } from './scripted-screen.ts';

/** Every text of a catalogue by its path; what takes values is given some that can be found again. */
function textsOf(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]): [string, string][] => {
    const at = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'string') return [[at, value]];
    if (typeof value === 'function') return [[at, sample(at, value as (...values: unknown[]) => string)]];
    return typeof value === 'object' && value !== null ? textsOf(value, at) : [];
  });
}

const lists = ['content.holds', 'summary.with'];
const numbers = [
  'devices.done',
  'summary.keys',
  'secret.type',
  'secret.tooShort',
  'key.isNone',
  'key.isBroken',
  'content.sectors',
];

function sample(at: string, text: (...values: unknown[]) => string): string {
  const values = ['<1>', '<2>', '<3>'].slice(0, text.length);
  if (numbers.includes(at)) return text(7);
  if (lists.includes(at)) return text(...values.slice(0, -1), ['<1>', '<2>']);
  return text(...values);
}

const english = new Map(textsOf(en));
const others = dialogLanguages.filter(({ id }) => id !== 'en');

test.each(others)('$name says all that English says, with the same values in it', ({ words }) => {
  const texts = textsOf(words);
  expect(texts.map(([at]) => at).sort()).toEqual([...english.keys()].sort());
  const valuesOf = (text: string) => [...new Set(text.match(/<\d>|\b7\b/g) ?? [])].sort();
  for (const [at, text] of texts) expect([at, valuesOf(text)]).toEqual([at, valuesOf(english.get(at) ?? '')]);
});

test.each(others)('$name is no English', ({ words }) => {
  const same = textsOf(words).filter(([at, text]) => text === english.get(at) && /[a-z]{3,} [a-z]{3,}/i.test(text));
  expect(same).toEqual([]);
});

test.each(dialogLanguages)('$name has letters alone that a console has, and fits into its lines', ({ words }) => {
  for (const [at, text] of textsOf(words)) {
    expect([at, text.replaceAll(/[\n\x20-\x7e\xa1-\xff]/g, '')]).toEqual([at, '']);
  }
  const { layout, leave, failure, network, administrator, key, summary } = words;
  const items = [
    ...[layout.ext4, layout.xfs, layout.btrfs, layout.lvm, leave.again, leave.shell, leave.reboot, leave.poweroff],
    ...[failure.log, failure.why, failure.again, network.dhcp, network.fixed, administrator.byPassword],
    ...[administrator.byBoth, administrator.byKey, key.volume, key.address, key.typed, summary.keep, summary.look],
  ];
  expect(items.filter((item) => item.length > 66)).toEqual([]);
  const heads = [summary.disk, summary.layout, summary.network, summary.administrator, summary.guests, summary.time];
  expect(heads.filter((head) => head.length > 14)).toEqual([]);
});

test('what is chosen first is spoken from then on, and the keyboard follows it', () => {
  const { screen } = press(simple, around(), 'de');
  expect(screen.shown[0]).toMatchObject({ title: 'Language, Sprache, Langue', initial: 'en' });
  expect(screen.shown.find(({ title }) => title === 'Tastatur')).toMatchObject({ initial: 'de' });
  const summary = screen.shown.find(({ title }) => title === 'Zusammenfassung')?.text ?? '';
  expect(summary).toContain('Noch ist nichts geschrieben.');
  expect(summary).toContain('Datenträger    vda: 20.0 GiB, virtio, Nr. ONE; enthält nichts Bekanntes\n');
  expect(screen.shown.map(({ title }) => title).filter((title) => /Disk|Keyboard|Summary/.test(title))).toEqual([]);
});

test('Esc leads back to the language, which can be another one then', () => {
  const { screen } = press([esc, 'fr', ...simple], around(), 'de');
  const languages = screen.shown.filter(({ title }) => title === 'Language, Sprache, Langue');
  expect(languages.map(({ initial }) => initial)).toEqual(['en', 'de']);
  expect(screen.shown.at(-1)?.title).toBe('Effacer le disque');
  expect(new ScriptedScreen([]).words).toBe(en);
});
