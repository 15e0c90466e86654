import type { Machine } from '../machine.ts';
import { answer, type Reply, type Screen } from './screen.ts';

const shortest = 8;

/**
 * Asks twice for what `title` names, a password or passphrase, until both are the same. `problem`: what else is wrong with one, in words.
 */
export function newSecret(
  screen: Screen,
  title: string,
  problem: (text: string) => string | undefined = () => undefined,
): Reply<string> {
  const words = screen.words.secret;
  for (let trouble = ''; ; ) {
    const first = screen.secret(title, `${trouble}${words.type(shortest)}`);
    if (first.kind !== 'answer') return first;
    const wrong = problem(first.value) ?? (first.value.length < shortest ? words.tooShort(shortest) : undefined);
    if (wrong !== undefined) {
      trouble = `${wrong}\n\n`;
      continue;
    }
    const second = screen.secret(title, words.again);
    if (second.kind === 'stop') return second;
    if (second.kind === 'answer' && second.value === first.value) return answer(first.value);
    trouble = second.kind === 'back' ? '' : `${words.different}\n\n`;
  }
}

/**
 * A password as /etc/shadow keeps it. It goes through a pipe: it is in no file and in no list of processes.
 * @throws Error where openssl makes none
 */
export function hashOf(password: string, machine: Machine): string {
  const made = machine.run(['openssl', 'passwd', '-6', '-stdin'], { stdin: `${password}\n` });
  const hash = made.stdout.trim();
  if (made.status === 0 && /^\$6\$[\w./$=]+$/.test(hash)) return hash;
  throw new Error(`openssl made no hash of the password: ${made.stderr.trim()}`);
}
