import { type Dump, readProbe } from '../../hardware/index.ts';
import type { Machine } from '../machine.ts';

/** Written when the medium was made. */
const probe = '/usr/lib/phyllome/installer/probe.sh';

/** This computer as the hardware probe describes it; undefined where it cannot: nothing is handed over then. */
export function readDevices(machine: Machine): Dump | undefined {
  const { status, stdout } = machine.run(['sh', probe]);
  return status === 0 ? readProbe(probe, stdout).dump : undefined;
}
