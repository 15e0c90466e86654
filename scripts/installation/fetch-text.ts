import type { Ended, Machine } from './machine.ts';

/** Fetches a text within `seconds`, by what `only` says if it says something; 127 where there is no curl. */
export function fetchText(machine: Machine, address: string, seconds: number, only?: 'https'): Ended {
  const protocol = only === undefined ? [] : ['--proto', `=${only}`];
  const quiet = ['--fail', '--silent', '--show-error', '--location'];
  return machine.run(['curl', ...quiet, ...protocol, '--max-time', String(seconds), '--', address]);
}
