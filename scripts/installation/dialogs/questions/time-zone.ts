import type { Around } from '../choices.ts';
import { answer, type Item } from '../screen.ts';
import type { Question } from '../walk.ts';

/** The time zone: a part of the world, then a place in it. */
export const timeZone: Question = (draft, screen, around) => {
  const zones = zonesOf(around);
  if (zones.length === 0) return { kind: 'skipped', value: { ...draft, timeZone: 'UTC' } };
  const regions = [...new Set(zones.map((zone) => zone.slice(0, zone.indexOf('/'))))].sort();
  const words = screen.words.time;
  for (;;) {
    const items = ['UTC', ...regions].map((region): Item => [region, region]);
    const initial = (draft.timeZone ?? 'UTC').split('/')[0] ?? 'UTC';
    const region = screen.menu(words.title, words.text, items, { initial });
    if (region.kind !== 'answer') return region;
    if (region.value === 'UTC') return answer({ ...draft, timeZone: 'UTC' });
    const places = zones.filter((zone) => zone.startsWith(`${region.value}/`)).sort();
    const rest = places.map((zone): Item => [zone, zone.slice(region.value.length + 1).replaceAll('_', ' ')]);
    const place = screen.menu(words.title, words.place(region.value), rest, {
      ...(draft.timeZone !== undefined && { initial: draft.timeZone }),
    });
    if (place.kind === 'stop') return place;
    if (place.kind === 'answer') return answer({ ...draft, timeZone: place.value });
  }
};

/** The zones that the system knows, as its table for people lists them. */
function zonesOf({ machine, root, tree }: Around): readonly string[] {
  const table =
    machine.read(`${root}/usr/share/zoneinfo/zone1970.tab`) ?? machine.read(`${root}/usr/share/zoneinfo/zone.tab`);
  return (table ?? '')
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.split('\t')[2] ?? '')
    .filter((zone) => zone.includes('/') && tree.hasTimeZone(zone));
}
