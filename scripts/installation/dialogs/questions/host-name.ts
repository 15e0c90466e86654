import { answer } from '../screen.ts';
import type { Question } from '../walk.ts';

const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const pattern = new RegExp(`^(?=.{1,64}$)${label}(\\.${label})*$`);

/** The computer's name. */
export const hostName: Question = (draft, screen) => {
  const words = screen.words.name;
  for (let typed = draft.hostName ?? 'phyllome', trouble = ''; ; ) {
    const named = screen.line(words.title, `${trouble}${words.text}`, typed);
    if (named.kind !== 'answer') return named;
    typed = named.value.trim().toLowerCase();
    if (pattern.test(typed)) return answer({ ...draft, hostName: typed });
    trouble = `${words.wrong}\n\n`;
  }
};
