import type { Diagnostic } from '../../diagnostic/index.ts';
import type { ResolvedFile, ResolvedUnit } from '../model.ts';
import { presetPattern } from '../preset-pattern.ts';
import type { FlavourRule } from './rule.ts';

/** The file that rendering writes the units of a flavour into, for the system's manager and for each user's. */
const OURS = '50-phyllome.preset';

/** Of preset files the first by name decides: one that sorts before ours switches units behind the back of their components. */
export const earlierPresets: FlavourRule = ({ files, units, userUnits }) => [
  ...files.flatMap((file) => overruled(file, 'system', units)),
  ...files.flatMap((file) => overruled(file, 'user', userUnits)),
];

function overruled(
  file: ResolvedFile,
  manager: 'system' | 'user',
  units: readonly ResolvedUnit[],
): readonly Diagnostic[] {
  const [, name = ''] = new RegExp(`/systemd/${manager}-preset/([^/]+\\.preset)$`).exec(file.path) ?? [];
  if (name === '' || name > OURS || !('text' in file.content)) return [];
  let open = units;
  return file.content.text.split('\n').flatMap((line, index): readonly Diagnostic[] => {
    const [, verb, pattern] = /^\s*(enable|disable)\s+(\S+)/.exec(line) ?? [];
    if (pattern === undefined) return [];
    const expression = presetPattern(pattern);
    const decided = open.filter((unit) => expression.test(unit.name));
    open = open.filter((unit) => !decided.includes(unit));
    const wrong = decided.filter((unit) => (unit.preset === 'enable') !== (verb === 'enable'));
    const [first] = wrong;
    if (first === undefined) return [];
    const place = { offset: 0, line: file.lines?.[index] ?? index + 1, column: 1 };
    const more = wrong.length > 1 ? ` and ${wrong.length - 1} more` : '';
    return [
      {
        code: 'preset-before-ours',
        severity: 'error',
        message: `\`${line.trim()}\` decides \`${first.name}\`${more} before the flavour does: \`${name}\` comes before \`${OURS}\``,
        span: { file: file.source, start: place, end: place },
        related: [{ message: `\`${first.preset}\` is said here`, span: first.at }],
        hint: `name the file so that it comes later, such as \`60-${name.replace(/^\d+-/, '')}\`, or say it in \`units:\` of a component`,
      },
    ];
  });
}
