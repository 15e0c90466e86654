import { quoteForShell } from '../process/index.ts';
import type { CommandHandler } from './handler.ts';

/** `services`: Anaconda disables first, then enables; a unit that does not exist is an error at this line. */
export const services: CommandHandler = {
  commands: ['services'],
  options: ['--enabled', '--disabled'],
  scripts(model) {
    const entry = model.commands.services;
    if (!entry) return [];
    const call = (verb: string, units: readonly string[] | undefined) =>
      units && units.length > 0 ? [`systemctl ${verb} ${units.map(quoteForShell).join(' ')}`] : [];
    const body = [...call('disable', entry.disabled), ...call('enable', entry.enabled)];
    return [{ id: 'services', title: 'services', body: body.join('\n'), origin: entry.span }];
  },
};
