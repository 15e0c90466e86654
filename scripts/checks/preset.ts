import { presetPattern } from '../flavour/index.ts';
import type { Guest } from '../lab/index.ts';

/** A line of a preset file, and what it says of the units that its pattern stands for. */
export interface PresetLine {
  readonly verb: 'enable' | 'disable';
  readonly pattern: string;
  /** `/etc/systemd/system-preset/00-site.preset:3` */
  readonly place: string;
}

/** The preset lines of the image in systemd's order: by the files' names; of two with one name, only that in /etc. */
export async function presetLines(guest: Guest): Promise<PresetLine[]> {
  const { stdout } = await guest.run(
    'grep -HnsE "^(enable|disable) " {/etc,/run,/usr/local/lib,/usr/lib}/systemd/system-preset/*.preset; true',
  );
  return parsePresetLines(stdout);
}

/** What `grep -Hn` prints, the directories in the order of their rank. */
export function parsePresetLines(text: string): PresetLine[] {
  const directories = new Map<string, string>();
  const lines = text.split('\n').flatMap((line) => {
    const match = /^(.*)\/([^/]+\.preset):(\d+):(enable|disable)\s+(\S+)/.exec(line);
    if (match === null) return [];
    const [, directory = '', file = '', number, verb, pattern = ''] = match;
    if (!directories.has(file)) directories.set(file, directory);
    if (directories.get(file) !== directory) return [];
    const place = `${directory}/${file}:${number}`;
    return [{ file, verb: verb === 'enable' ? ('enable' as const) : ('disable' as const), pattern, place }];
  });
  // A stable sort: lines of one file stay in their order.
  return lines
    .sort((one, other) => (one.file < other.file ? -1 : one.file > other.file ? 1 : 0))
    .map(({ verb, pattern, place }) => ({ verb, pattern, place }));
}

/** The first line that stands for a unit decides; undefined when none does. */
export function decidingPreset(name: string, lines: readonly PresetLine[]): PresetLine | undefined {
  return lines.find(({ pattern }) => presetPattern(pattern).test(name));
}

/** False for what a preset may name besides units: a pattern (`libvirtd*`) or a template without instance (`getty@.service`). */
export function isOneUnit(name: string): boolean {
  return !/[*?[]|@\./.test(name);
}
