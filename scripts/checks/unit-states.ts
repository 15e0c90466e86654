import type { Guest } from '../lab/guest/guest.ts';
import { parseProperties, type UnitState, unitProperties, unitStateOf } from '../lab/guest/unit-state.ts';
import { displayCommand } from '../process/index.ts';

/** The states of several units in one request, in the order asked for, under the names asked for (not what they alias). */
export async function unitStates(guest: Guest, names: readonly string[]): Promise<UnitState[]> {
  if (names.length === 0) return [];
  const { stdout } = await guest.run(
    displayCommand(['systemctl', 'show', `--property=${unitProperties.join(',')}`, '--', ...names]),
  );
  const blocks = stdout.trimEnd().split('\n\n');
  return names.map((name, index) => ({ ...unitStateOf(parseProperties(blocks[index] ?? '')), name }));
}

/** False for what a preset may name besides units: a pattern (`libvirtd*`) or a template without instance (`getty@.service`). */
export function isOneUnit(name: string): boolean {
  return !/[*?[]|@\./.test(name);
}
