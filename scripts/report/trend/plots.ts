import type { Release } from '../../dossier/index.ts';

/** One line of a plot: a value for each release, undefined where nothing is known. */
interface Series {
  readonly name: string;
  readonly values: readonly (number | undefined)[];
}

interface Plot {
  readonly title: string;
  readonly unit: string;
  readonly series: readonly Series[];
}

const MIB = 1024 ** 2;

/** What is plotted of releases: each plot has one unit, and those without a value are left out. */
export function plotsOf(releases: readonly Release[]): readonly Plot[] {
  const series = (name: string, read: (one: Release) => number | undefined): Series => ({
    name,
    values: releases.map(read),
  });
  const scaled = (value: number | undefined, by: number) => (value === undefined ? undefined : value / by);
  const plots: readonly Plot[] = [
    {
      title: 'Size',
      unit: 'MiB',
      series: [
        series('image', ({ imageBytes }) => scaled(imageBytes, MIB)),
        series('files in it, unpacked', ({ installedBytes }) => scaled(installedBytes, MIB)),
        series('initramfs', ({ initramfsBytes }) => scaled(initramfsBytes, MIB)),
      ],
    },
    { title: 'Packages', unit: '', series: [series('packages', ({ packages }) => packages)] },
    { title: 'Memory at idle', unit: 'MiB', series: [series('used', ({ idleMiB }) => idleMiB)] },
    {
      title: 'Services',
      unit: '',
      series: [
        series('running when idle', ({ services }) => services),
        series('units that start with the system', ({ enabledUnits }) => enabledUnits),
      ],
    },
    {
      title: 'Boot',
      unit: 's',
      series: [
        series('kernel', ({ phases }) => scaled(phases?.kernelMs, 1000)),
        series('initramfs', ({ phases }) => scaled(phases?.initramfsMs, 1000)),
        series('userspace', ({ phases }) => scaled(phases?.userspaceMs, 1000)),
      ],
    },
  ];
  return plots
    .map((plot) => ({ ...plot, series: plot.series.filter(({ values }) => values.some((one) => one !== undefined)) }))
    .filter((plot) => plot.series.length > 0);
}

/** Where it is in the picture: what the page draws. */
interface Drawing {
  readonly grid: readonly { readonly y: number; readonly label: string }[];
  readonly lines: readonly {
    readonly name: string;
    /** From 0: what colour it has. */
    readonly index: number;
    /** Pieces of a polyline; a gap where nothing is known. */
    readonly pieces: readonly string[];
    readonly dots: readonly { readonly x: number; readonly y: number; readonly label: string }[];
    readonly last: string;
  }[];
}

/** In units of the picture. */
export const PICTURE = { width: 640, height: 200, left: 52, right: 16, top: 12, bottom: 30 } as const;

/** From zero up, so that a small change looks like one. */
export function drawing({ series, unit }: Plot, releases: readonly Release[]): Drawing {
  const { width, height, left, right, top, bottom } = PICTURE;
  const step = niceStep(Math.max(...series.flatMap(({ values }) => values.map((value) => value ?? 0))));
  const most = step * 4;
  const count = releases.length;
  const x = (index: number) =>
    round(count < 2 ? (left + width - right) / 2 : left + (index / (count - 1)) * (width - left - right));
  const y = (value: number) => round(height - bottom - (value / most) * (height - top - bottom));
  const told = (value: number) => `${Number(value.toFixed(value < 100 ? 1 : 0))}${unit === '' ? '' : ` ${unit}`}`;
  return {
    grid: [0, 1, 2, 3, 4].map((tick) => ({ y: y(tick * step), label: String(Number((tick * step).toFixed(2))) })),
    lines: series.map(({ name, values }, index) => ({
      name,
      index,
      pieces: piecesOf(values).map((piece) => piece.map(([at, value]) => `${x(at)},${y(value)}`).join(' ')),
      dots: values.flatMap((value, at) =>
        value === undefined
          ? []
          : [{ x: x(at), y: y(value), label: `${releases[at]?.name ?? ''}: ${name} ${told(value)}` }],
      ),
      last: told(values.findLast((value) => value !== undefined) ?? 0),
    })),
  };
}

const round = (value: number) => Math.round(value * 10) / 10;

/** A quarter of the axis that has the largest value on it: a round number. */
function niceStep(most: number): number {
  if (most <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(most / 4));
  return ([1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10].find((factor) => factor * power * 4 >= most) ?? 10) * power;
}

function piecesOf(values: Series['values']): readonly (readonly (readonly [number, number])[])[] {
  const pieces: [number, number][][] = [];
  let open: [number, number][] | undefined;
  for (const [at, value] of values.entries()) {
    if (value === undefined) {
      open = undefined;
      continue;
    }
    if (open === undefined) {
      open = [];
      pieces.push(open);
    }
    open.push([at, value]);
  }
  return pieces.filter((piece) => piece.length > 1);
}
