import type { Dump } from '../hardware/index.ts';
import { rootTree } from './answers/root-tree.ts';
import { readComputer } from './computer/read-computer.ts';
import { readDevices } from './devices/read-devices.ts';
import { afterFailure } from './dialogs/after-failure.ts';
import { askForAnswers, type Leave } from './dialogs/ask-for-answers.ts';
import type { Draft } from './dialogs/choices.ts';
import { keepLog } from './dialogs/keep.ts';
import { type Screen, whiptailScreen } from './dialogs/screen.ts';
import { installBy, mediumFile, type Status, statuses } from './install.ts';
import type { Machine } from './machine.ts';
import { readMedium } from './medium/medium.ts';
import { sourceTree } from './steps/copy-steps.ts';

/**
 * Asks by dialogs what an answer file would say, and installs by the answer file that comes of it. After a failure it says why,
 * and asks again with what was chosen, if that is wanted.
 */
export function installAttended(machine: Machine): Status {
  // What is typed between two dialogs would be written over the one that still stands there, and push it up.
  machine.runOnTerminal(['stty', '-echo']);
  try {
    return askAndInstall(machine);
  } finally {
    machine.runOnTerminal(['stty', 'echo']);
  }
}

function askAndInstall(machine: Machine): Status {
  const medium = readMedium(machine.read(mediumFile) ?? '');
  const screen = whiptailScreen(machine, medium.title);
  const tree = rootTree(machine, sourceTree);
  let seen: Dump | undefined;
  const dump = () => {
    if (seen === undefined) screen.busy(screen.words.devices.title, screen.words.devices.looking);
    seen ??= readDevices(machine);
    return seen;
  };
  for (let draft: Draft = {}; ; ) {
    const around = { machine, medium, computer: readComputer(machine), tree, root: sourceTree, dump };
    const asked = askForAnswers(screen, around, draft);
    if (asked.kind === 'leave') {
      machine.say(screen.words.leave.nothingWritten);
      return leave(machine, asked.to);
    }
    const { status, trouble } = installBy(machine, asked.answers, 'what was chosen');
    if (trouble.length === 0) return status;
    const next = afterFailure(screen, machine, trouble);
    if (next !== 'again') return leave(machine, next);
    draft = asked.draft;
  }
}

/** Writes what went wrong to a stick, for whoever is in a shell. */
export function keepLogOnly(machine: Machine): Status {
  const medium = readMedium(machine.read(mediumFile) ?? '');
  const screen: Screen = whiptailScreen(machine, medium.title);
  keepLog(screen, machine);
  return statuses.done;
}

function leave(machine: Machine, to: Leave): Status {
  if (to !== 'shell') machine.run(['systemctl', to]);
  return statuses.left;
}
