import { rootTree } from './answers/root-tree.ts';
import { readComputer } from './computer/read-computer.ts';
import { askForAnswers } from './dialogs/ask-for-answers.ts';
import { whiptailScreen } from './dialogs/screen.ts';
import { installBy, mediumFile, type Status, statuses } from './install.ts';
import type { Machine } from './machine.ts';
import { readMedium } from './medium/medium.ts';
import { sourceTree } from './steps/copy-steps.ts';

/** Asks by dialogs what an answer file would say, and installs by the answer file that comes of it. */
export function installAttended(machine: Machine): Status {
  const medium = readMedium(machine.read(mediumFile) ?? '');
  const asked = askForAnswers(whiptailScreen(machine, medium.title), {
    machine,
    medium,
    computer: readComputer(machine),
    tree: rootTree(machine, sourceTree),
    root: sourceTree,
  });
  if (asked.kind === 'install') return installBy(machine, asked.answers, 'what was chosen');
  machine.say('Nothing was written to any disk.');
  if (asked.to !== 'shell') machine.run(['systemctl', asked.to]);
  return statuses.left;
}
