import type { Values } from '../commands/behaviour.ts';
import { BEHAVIOURS } from '../commands/registry.ts';
import { commandGrammar } from '../grammar/lookup.ts';
import type { EntryOrigin } from '../model/entry.ts';
import type { KickstartModel } from '../model/model.ts';

interface RankedLine {
  readonly order: number;
  readonly sortName: string;
  readonly text: string;
}

/** Prints the commands of a model, one a line, in canonical order. */
export function canonicalCommands(model: KickstartModel): string {
  const lines: RankedLine[] = [];
  for (const [name, value] of Object.entries(model.commands)) {
    for (const entry of Array.isArray(value) ? value : [value]) lines.push(rankedLine(model, name, entry));
  }
  // The installer installs a boot loader unless told not to; a kickstart that never says so means none.
  if (model.commands.bootloader === undefined) {
    lines.push({ ...rank(model, 'bootloader'), text: 'bootloader --location=none' });
  }
  lines.sort((a, b) => a.order - b.order || (a.sortName < b.sortName ? -1 : a.sortName > b.sortName ? 1 : 0));
  return lines
    .filter(({ text }) => text !== '')
    .map(({ text }) => `${text}\n`)
    .join('');
}

function rankedLine(model: KickstartModel, name: string, entry: Values & EntryOrigin): RankedLine {
  const behaviour = BEHAVIOURS[name];
  return { ...rank(model, entry.command), text: behaviour?.write(entry, model.version) ?? '' };
}

function rank(model: KickstartModel, command: string): { order: number; sortName: string } {
  const grammar = commandGrammar(command, model.version);
  return { order: grammar?.order ?? 0, sortName: grammar?.sortName ?? command };
}
