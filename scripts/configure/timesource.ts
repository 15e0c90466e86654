import type { KickstartModel } from 'kickstart-parser';
import { type CommandHandler, writeFile } from './handler.ts';

/** The time servers in chrony's words, a line each. */
export function chronySources(entries: KickstartModel['commands']['timesource']): readonly string[] {
  return entries.flatMap((entry) => {
    const options = `iburst${entry.nts ? ' nts' : ''}`;
    if (entry.ntpServer) return [`server ${entry.ntpServer} ${options}`];
    return entry.ntpPool ? [`pool ${entry.ntpPool} ${options}`] : [];
  });
}

/** `timesource`: time servers for chrony. */
export const timesource: CommandHandler = {
  commands: ['timesource'],
  options: ['--ntp-server', '--ntp-pool', '--ntp-disable', '--nts'],
  check(model, packages) {
    if (packages.has('chrony')) return [];
    return model.commands.timesource
      .filter((entry) => !entry.ntpDisable)
      .map((entry) => ({
        code: 'timesource-without-chrony',
        severity: 'error',
        message: 'timesource needs the package chrony, which %packages does not list',
        span: entry.span,
      }));
  },
  scripts(model) {
    const entries = model.commands.timesource;
    const last = entries.at(-1);
    if (!last) return [];
    const lines = chronySources(entries);
    const disable = entries.some((entry) => entry.ntpDisable)
      ? ['systemctl disable chrony.service 2>/dev/null || true']
      : [];
    const body = [
      ...(lines.length > 0 ? [writeFile('/etc/chrony/sources.d/kickstart.sources', lines.join('\n'))] : []),
      ...disable,
    ];
    return [{ id: 'timesource', title: 'timesource', body: body.join('\n'), origin: last.span }];
  },
};
