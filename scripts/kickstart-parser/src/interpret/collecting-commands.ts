import { modelName } from '../commands/spelling.ts';
import { COMMANDS } from '../grammar/table.ts';

/** Names in the model of the commands whose lines add up to a list. */
export const COLLECTING_COMMANDS: ReadonlySet<string> = new Set(
  Object.entries(COMMANDS)
    .filter(([, variants]) => variants.some((variant) => variant.repeat === 'collect'))
    .map(([name]) => modelName(name)),
);
