import { type Check, failed, passed } from './check.ts';

export const runningServices: Check = {
  id: 'running-services',
  title: 'only a few services run',
  proves: 'The services running when nobody uses the host are no more than the budget; lists them.',
  core: true,
  async run({ guest, expect, injectedUnits }) {
    const { stdout } = await guest.run('systemctl list-units --type=service --state=running --plain --no-legend');
    const services = stdout
      .split('\n')
      .map((line) => line.trim().split(/\s+/)[0] ?? '')
      .filter((name) => name !== '' && !injectedUnits.includes(name));
    const budget = expect.budgets.runningServices;
    const values = { count: services.length, services, ...(budget !== undefined && { budget }) };
    const ofBudget = budget === undefined ? 'no budget' : `budget ${budget}`;
    const summary = `${services.length} services run (${ofBudget})`;
    return budget !== undefined && services.length > budget
      ? failed(summary, services, values)
      : passed(summary, services, values);
  },
};
