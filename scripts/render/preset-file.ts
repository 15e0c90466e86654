import type { ResolvedFlavour, ResolvedUnit } from '../flavour/index.ts';
import type { EmbeddedFile } from './embedded-file.ts';
import type { Place } from './origin-marks.ts';

const PRESET_PATH = '/usr/lib/systemd/system-preset/50-phyllome.preset';
const USER_PRESET_PATH = '/usr/lib/systemd/user-preset/50-phyllome.preset';
const PRESET_DEFAULT_PATH = '/usr/lib/systemd/system-preset/99-phyllome.preset';

interface Line {
  readonly text: string;
  readonly place: Place;
}

/** The preset files of a flavour: what its components say about units, and on Debian the final `disable *`. */
export function presetFiles(flavour: ResolvedFlavour): readonly EmbeddedFile[] {
  const own: Place = { file: flavour.at.file, line: flavour.at.start.line };
  const naming = (file: string, what: string, units: readonly ResolvedUnit[]): EmbeddedFile =>
    presetFile(file, [
      {
        text: `# ${what} of the flavour ${flavour.name}, and why. An administrator's file in /etc comes first.`,
        place: own,
      },
      ...runsOf(units, (unit) => unit.by).flatMap((brought) => [
        ...heading(brought),
        ...runsOf(brought, (unit) => unit.at).flatMap(statement),
      ]),
    ]);
  const named = [
    naming(PRESET_PATH, 'Units', flavour.units),
    ...(flavour.userUnits.length > 0
      ? [naming(USER_PRESET_PATH, "Units of each user's manager", flavour.userUnits)]
      : []),
  ];
  if (flavour.base.family === 'rpm') return named;
  const rest = presetFile(PRESET_DEFAULT_PATH, [
    {
      text: '# Debian has no last line of its own: without this one, a unit that nobody names would be enabled.',
      place: own,
    },
    { text: 'disable *', place: own },
  ]);
  return [...named, rest];
}

/** What one entry of a component says: its reason once, then each unit that the base has for its logical name. */
function statement(units: readonly ResolvedUnit[]): readonly Line[] {
  const reason = units.slice(0, 1).map((unit) => ({ text: `# ${unit.reason}`, place: placeOf(unit) }));
  // A preset knows no masks; a masked unit is at least not enabled.
  const verb = (unit: ResolvedUnit): string => (unit.preset === 'enable' ? 'enable' : 'disable');
  return [...reason, ...units.map((unit) => ({ text: `${verb(unit)} ${unit.name}`, place: placeOf(unit) }))];
}

function heading(units: readonly ResolvedUnit[]): readonly Line[] {
  return units.slice(0, 1).flatMap((unit) => [
    { text: '', place: placeOf(unit) },
    { text: `# --- ${unit.by}`, place: placeOf(unit) },
  ]);
}

function placeOf({ at }: ResolvedUnit): Place {
  return { file: at.file, line: at.start.line };
}

/** Neighbours that share a key, together. */
function runsOf<T>(entries: readonly T[], keyOf: (entry: T) => unknown): readonly (readonly T[])[] {
  const runs: T[][] = [];
  for (const entry of entries) {
    const run = runs.at(-1);
    const first = run?.[0];
    if (run && first !== undefined && keyOf(first) === keyOf(entry)) run.push(entry);
    else runs.push([entry]);
  }
  return runs;
}

function presetFile(path: string, lines: readonly Line[]): EmbeddedFile {
  const places = lines.map((line) => line.place);
  return {
    path,
    mode: '0644',
    owner: 'root',
    group: 'root',
    content: { text: lines.map((line) => `${line.text}\n`).join('') },
    placeOfLine: (line) => places[line - 1] ?? places[0] ?? { file: '', line: 1 },
  };
}
