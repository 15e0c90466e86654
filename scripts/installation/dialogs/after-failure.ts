import type { Machine } from '../machine.ts';
import type { Leave } from './ask-for-answers.ts';
import { keepLog } from './keep.ts';
import type { Screen } from './screen.ts';

/** Says why nothing is installed, keeps the log on a stick if that is wanted, and asks what is done next. */
export function afterFailure(screen: Screen, machine: Machine, trouble: readonly string[]): 'again' | Leave {
  const { failure, leave } = screen.words;
  const { title } = failure;
  const told = screen.tell(title, trouble.join('\n'));
  if (told.kind === 'stop') return 'shell';
  for (;;) {
    const next = screen.menu(title, failure.next(trouble[0] ?? ''), [
      ['log', failure.log],
      ['why', failure.why],
      ['again', failure.again],
      ['shell', leave.shell],
      ['reboot', leave.reboot],
      ['poweroff', leave.poweroff],
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
