import { startMachine } from '../../../scripts/lab/machine/machine.ts';
import { defaultTopology } from '../../../scripts/lab/topology/index.ts';
import { SystemRunner } from '../../../scripts/process/index.ts';
import { toolsTree } from './environment.ts';

/** A program of its own that starts a machine, says so, and waits to be killed: `start-machine.ts RUNDIR ISO`. */
const [runDir = '', isoFile = ''] = process.argv.slice(2);
const machine = await startMachine({
  topology: defaultTopology({ accelerator: 'tcg', firmware: 'bios', imageFile: isoFile }),
  accelerator: 'tcg',
  toolsRoot: toolsTree(),
  runner: new SystemRunner(),
  runDir,
  credentials: [],
  onConsoleLine: () => {},
});
await machine.powerOn();
console.log('on');
await machine.ended;
