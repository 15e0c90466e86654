// The program on the medium: `qjs --std -m installer.js WORD …`. What it is made of runs in Node.js as well, where tests are.

import { explain, installBy, installUnattended, type Status, statuses } from './install.ts';
import { installAttended } from './install-attended.ts';
import type { Machine } from './machine.ts';
import { quickJsMachine } from './quickjs/quickjs-machine.ts';

const usage = `Usage: phyllome-install --attended          by dialogs on this terminal
       phyllome-install --unattended        by the answers that inst.ks=, a credential, OEMDRV or the medium has
       phyllome-install --answers FILE      by this kickstart
       phyllome-install --explain FILE      only say which disk it would take`;

function main(words: readonly string[]): Status {
  const machine = quickJsMachine();
  const [verb, file] = words;
  if (verb === '--attended' && words.length === 1) return installAttended(machine);
  if (verb === '--unattended' && words.length === 1) return installUnattended(machine);
  if ((verb === '--answers' || verb === '--explain') && file !== undefined && words.length === 2) {
    return withFile(machine, file, verb === '--answers' ? installBy : explain);
  }
  machine.say(usage);
  return statuses.usage;
}

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

std.exit(main(scriptArgs.slice(1)));
