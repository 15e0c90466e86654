import type { Span } from '../diagnostic/index.ts';
import type { ResolvedFlavour } from '../flavour/index.ts';

interface Row {
  readonly text: string;
  readonly at: Span;
}

/** The resolved flavour as text, each value with the line that set it. Secrets stay out. */
export function show(flavour: ResolvedFlavour): string {
  const { base, hardware, budgetPlaces } = flavour;
  const sections: readonly (readonly [string, readonly Row[]])[] = [
    ['flavour', flavour.layers.map(({ name, at }) => ({ text: name.replace(/^flavour /, ''), at }))],
    [
      'base',
      [
        { text: `${base.name} (${base.family}, ${base.release})`, at: base.at },
        ...base.repositories.map(({ id, baseurl, mirrorlist, suite, at }) => ({
          text: [id, baseurl ?? mirrorlist, suite].filter(Boolean).join(' '),
          at,
        })),
      ],
    ],
    [
      'hardware',
      hardware
        ? [
            { text: `${hardware.name}: ${hardware.summary}`, at: hardware.at },
            ...hardware.devices.map(({ name, selector, handOver, at }) => ({
              text: `${name} ${selector} ${handOver}`,
              at,
            })),
          ]
        : [],
    ],
    [
      'system',
      [
        ...Object.entries(flavour.system).map(([key, { value, at }]) => ({ text: `${key}: ${value}`, at })),
        ...flavour.languages.map(({ value, at }) => ({ text: `language: ${value}`, at })),
      ],
    ],
    [
      'components',
      flavour.components.map(({ name, requiredBy, at }) => ({
        text: requiredBy === undefined ? name : `${name} (required by ${requiredBy})`,
        at,
      })),
    ],
    [
      'options',
      flavour.options.map(({ component, name, value, isDefault, at }) => ({
        text: `${component}.${name}: ${JSON.stringify(value)}${isDefault ? ' (default)' : ''}`,
        at,
      })),
    ],
    ['packages', flavour.packages.map(({ name, by, at }) => ({ text: `${name} (${by})`, at }))],
    ['units', flavour.units.map(({ name, preset, by, at }) => ({ text: `${preset} ${name} (${by})`, at }))],
    [
      'units of users',
      flavour.userUnits.map(({ name, preset, by, at }) => ({ text: `${preset} ${name} (${by})`, at })),
    ],
    ['kernel arguments', flavour.kernelArguments.map(({ argument, by, at }) => ({ text: `${argument} (${by})`, at }))],
    ['kickstart commands', flavour.kickstart.map(({ command, by, at }) => ({ text: `${command} (${by})`, at }))],
    [
      'files',
      flavour.files.map(({ path, mode, owner, group, at }) => ({ text: `${path} ${mode} ${owner}:${group}`, at })),
    ],
    ['directories', flavour.directories.map(({ path, mode, at }) => ({ text: `${path} ${mode}`, at }))],
    ['links', flavour.links.map(({ path, target, at }) => ({ text: `${path} → ${target}`, at }))],
    ['scripts', flavour.post.map(({ source, by, at }) => ({ text: `${source} (${by})`, at }))],
    ['users', flavour.users.map(({ name, groups, at }) => ({ text: [name, ...groups].join(' '), at }))],
    ['ssh keys', flavour.sshKeys.map(({ user, at }) => ({ text: user, at }))],
    [
      'budgets',
      Object.entries(flavour.budgets).flatMap(([key, value]) => {
        const at = budgetPlaces[key as keyof typeof budgetPlaces];
        return at ? [{ text: `${key}: ${value}`, at }] : [];
      }),
    ],
    ['missing on this base', flavour.gaps.map(({ logical, reason, at }) => ({ text: `${logical}: ${reason}`, at }))],
  ];
  return sections
    .filter(([, rows]) => rows.length > 0)
    .map(([title, rows]) => `${title}\n${aligned(rows)}\n`)
    .join('\n');
}

/** Rows with their places in one column, which a long row does not push away. */
function aligned(rows: readonly Row[]): string {
  const width = Math.min(56, Math.max(...rows.map(({ text }) => text.length)));
  return rows.map(({ text, at }) => `  ${text.padEnd(width)}  # ${at.file}:${at.start.line}`).join('\n');
}
