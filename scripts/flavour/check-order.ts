import type { Budgets } from './source-files.ts';

/** Checks that measure a system at rest: they come before any that starts a daemon by asking it something. */
const AT_REST = ['idle-memory', 'running-services', 'listening-sockets'];

/** Each check once; a budget brings the check that enforces it. */
export function checkOrder(asked: readonly string[], budgets: Budgets): readonly string[] {
  const all = new Set([
    ...(budgets.idleMemoryMiB === undefined ? [] : ['idle-memory']),
    ...(budgets.runningServices === undefined ? [] : ['running-services']),
    ...asked,
  ]);
  const rest = [...all].filter((id) => !AT_REST.includes(id));
  return [...AT_REST.filter((id) => all.has(id)), ...rest];
}
