import { readFile } from 'node:fs/promises';
import path from 'node:path';
import Handlebars from 'handlebars';
import type { Release } from '../../dossier/index.ts';
import { drawing, PICTURE, plotsOf } from './plots.ts';
import { trendColumns, trendNotes } from './trend-text.ts';

/** The last part of a path is enough below a picture; the table has all of it. */
const shortName = (release: Release | undefined) => path.basename(release?.name ?? '').slice(0, 40);

/** Releases as one page that needs nothing else: no script, no font, no picture from elsewhere. */
export async function trendPage(releases: readonly Release[]): Promise<string> {
  const part = (name: string) => readFile(new URL(name, import.meta.url), 'utf8');
  const template = Handlebars.create().compile(await part('trend.html.hbs'), { strict: true, knownHelpersOnly: true });
  const kinds = [...new Set(releases.map(({ flavour, base }) => `${flavour} on ${base}`))];
  const [first, last] = [releases[0], releases.at(-1)];
  return template({
    style: new Handlebars.SafeString(`${await part('../page.css')}\n${await part('trend.css')}`),
    title: kinds.join(', '),
    under: `${releases.length} ${releases.length === 1 ? 'release' : 'releases'}, from ${first?.name ?? ''} to ${last?.name ?? ''}`,
    plots: plotsOf(releases).map((plot) => {
      const { grid, lines } = drawing(plot, releases);
      const { width, height, left, right } = PICTURE;
      const ticks = grid.map((tick) => ({ ...tick, left, right: width - right, text: left - 8 }));
      const ends = [
        { side: 'first', x: left, y: height - 8, label: shortName(first) },
        ...(releases.length > 1 ? [{ side: 'last', x: width - right, y: height - 8, label: shortName(last) }] : []),
      ];
      return { ends, title: plot.title, unit: plot.unit, width, height, grid: ticks, lines };
    }),
    columns: trendColumns.map(({ title }) => title),
    rows: releases.map((one) => trendColumns.map(({ cell }) => cell(one))),
    notes: trendNotes(releases),
  });
}
