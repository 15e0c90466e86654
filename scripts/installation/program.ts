// The program on the medium: `qjs --std -m installer.js WORD …`. What it is made of runs in Node.js as well, where tests are.

import { failureLog } from './failure-log.ts';
import { explain, installBy, installUnattended, type Status, statuses } from './install.ts';
import { installAttended, keepLogOnly } from './install-attended.ts';
import type { Machine } from './machine.ts';
import { quickJsMachine } from './quickjs/quickjs-machine.ts';

const usage = `Usage: phyllome-install --attended          by dialogs on this terminal
       phyllome-install --unattended        by the answers that inst.ks=, a credential, OEMDRV or the medium has
       phyllome-install --answers FILE      by this kickstart
       phyllome-install --explain FILE      only say which disk it would take
       phyllome-install --keep-log          write what went wrong to a stick`;

function main(machine: Machine, words: readonly string[]): Status {
  const [verb, file] = words;
  if (verb === '--attended' && words.length === 1) return installAttended(machine);
  if (verb === '--unattended' && words.length === 1) return installUnattended(machine);
  if (verb === '--keep-log' && words.length === 1) return keepLogOnly(machine);
  if ((verb === '--answers' || verb === '--explain') && file !== undefined && words.length === 2) {
    return withFile(machine, file, verb === '--answers' ? installByFile : explain);
  }
  machine.say(usage);
  return statuses.usage;
}

const installByFile = (machine: Machine, text: string, name: string) => installBy(machine, text, name).status;

function withFile(
  machine: Machine,
  file: string,
  act: (machine: Machine, text: string, name: string) => Status,
): Status {
  const text = machine.read(file);
  if (text !== undefined) return act(machine, text, file);
  machine.say(`error: ${file} cannot be read`);
  return statuses.usage;
}

/** What nobody foresaw is told, too, and stays to be read: QuickJS would go on with status 1 and a trace. */
function run(): Status {
  const machine = quickJsMachine();
  try {
    return main(machine, scriptArgs.slice(1));
  } catch (error) {
    const told = `error: ${error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error)}`;
    machine.say(told);
    machine.write(failureLog, `${told}\n`, 0o600);
    return statuses.broken;
  }
}

std.exit(run());
