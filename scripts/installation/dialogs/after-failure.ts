import type { Machine } from '../machine.ts';
import type { Leave } from './ask-for-answers.ts';
import { keepLog } from './keep.ts';
import type { Screen } from './screen.ts';

const title = 'The installation did not succeed';

/** Says why nothing is installed, keeps the log on a stick if that is wanted, and asks what is done next. */
export function afterFailure(screen: Screen, machine: Machine, trouble: readonly string[]): 'again' | Leave {
  const told = screen.tell(title, trouble.join('\n'));
  if (told.kind === 'stop') return 'shell';
  for (;;) {
    const next = screen.menu(title, `${trouble[0] ?? ''}\n\nWhat now?`, [
      ['log', 'Keep the log in a file on a stick'],
      ['why', 'Read again what went wrong'],
      ['again', 'Go through the questions again'],
      ['shell', 'A shell'],
      ['reboot', 'Restart the computer'],
      ['poweroff', 'Turn it off'],
    ]);
    if (next.kind === 'stop') return 'shell';
    // Esc goes nowhere: what was half written cannot be gone back from.
    if (next.kind === 'back') continue;
    const { value } = next;
    if (value === 'again' || value === 'shell' || value === 'reboot' || value === 'poweroff') return value;
    const shown = value === 'log' ? keepLog(screen, machine) : screen.tell(title, trouble.join('\n'));
    if (shown.kind === 'stop') return 'shell';
  }
}
