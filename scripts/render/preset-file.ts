import type { ResolvedFlavour, ResolvedUnit } from '../flavour/index.ts';
import type { EmbeddedFile } from './embedded-file.ts';
import type { Place } from './origin-marks.ts';

export const PRESET_PATH = '/usr/lib/systemd/system-preset/50-phyllome.preset';
export const PRESET_DEFAULT_PATH = '/usr/lib/systemd/system-preset/99-phyllome.preset';

interface Line {
  readonly text: string;
  readonly place: Place;
}

/** The preset files of a flavour: what its components say about units, and on Debian the final `disable *`. */
export function presetFiles(flavour: ResolvedFlavour): readonly EmbeddedFile[] {
  const own: Place = { file: flavour.at.file, line: flavour.at.start.line };
  const named = presetFile(PRESET_PATH, [
    {
      text: `# Units of the flavour ${flavour.name}, and why. An administrator's file in /etc comes first.`,
      place: own,
    },
    ...groups(flavour.units).flatMap(([by, units]) => [...heading(by, units), ...units.flatMap(statement)]),
  ]);
  if (flavour.base.family === 'rpm') return [named];
  const rest = presetFile(PRESET_DEFAULT_PATH, [
    {
      text: '# Debian has no last line of its own: without this one, a unit that nobody names would be enabled.',
      place: own,
    },
    { text: 'disable *', place: own },
  ]);
  return [named, rest];
}

function statement(unit: ResolvedUnit): readonly Line[] {
  const place = { file: unit.at.file, line: unit.at.start.line };
  // A preset knows no masks; a masked unit is at least not enabled.
  const verb = unit.preset === 'enable' ? 'enable' : 'disable';
  return [
    { text: `# ${unit.reason}`, place },
    { text: `${verb} ${unit.name}`, place },
  ];
}

function heading(by: string, [first]: readonly ResolvedUnit[]): readonly Line[] {
  const place = first ? { file: first.at.file, line: first.at.start.line } : { file: '', line: 1 };
  return [
    { text: '', place },
    { text: `# --- ${by}`, place },
  ];
}

function groups(units: readonly ResolvedUnit[]): readonly (readonly [string, readonly ResolvedUnit[]])[] {
  return [...new Set(units.map((unit) => unit.by))].map((by) => [by, units.filter((unit) => unit.by === by)] as const);
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
