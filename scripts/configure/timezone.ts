import { quoteForShell } from '../process/index.ts';
import type { CommandHandler } from './handler.ts';

/** `timezone`: /etc/localtime as a relative link, and whether the hardware clock runs in UTC. */
export const timezone: CommandHandler = {
  commands: ['timezone'],
  options: ['--utc', '--isUtc'],
  scripts(model) {
    const entry = model.commands.timezone;
    if (!entry) return [];
    const zone = entry.timezone;
    const body = [
      ...(zone ? [link(zone)] : []),
      `printf '0.0 0 0.0\\n0\\n%s\\n' ${entry.isUtc ? 'UTC' : 'LOCAL'} > /etc/adjtime`,
    ];
    return [{ id: 'timezone', title: 'timezone', body: body.join('\n'), origin: entry.span }];
  },
};

function link(zone: string): string {
  const file = quoteForShell(`../usr/share/zoneinfo/${zone}`);
  // Without zone data a system runs in UTC, so that one zone needs no file.
  const missing = /^(Etc\/)?UTC$/.test(zone)
    ? 'rm -f /etc/localtime'
    : `{ echo ${quoteForShell(`time zone ${zone} is not in the image: wrong name, or tzdata is missing in %packages`)} >&2; exit 1; }`;
  return `cd /etc; if [ -e ${file} ]; then ln -sf ${file} localtime; else ${missing}; fi; cd /`;
}
