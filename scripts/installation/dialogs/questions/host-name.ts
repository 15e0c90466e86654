import { answer } from '../screen.ts';
import type { Question } from '../walk.ts';

const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const pattern = new RegExp(`^(?=.{1,64}$)${label}(\\.${label})*$`);

/** The computer's name. */
export const hostName: Question = (draft, screen) => {
  for (let typed = draft.hostName ?? 'phyllome', trouble = ''; ; ) {
    const named = screen.line('Name', `${trouble}What is this computer's name, also for others in its network?`, typed);
    if (named.kind !== 'answer') return named;
    typed = named.value.trim().toLowerCase();
    if (pattern.test(typed)) return answer({ ...draft, hostName: typed });
    trouble = 'Letters of the English alphabet, digits and hyphens; points between its parts.\n\n';
  }
};
