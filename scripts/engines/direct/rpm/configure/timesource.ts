import { timesource as asDebian, type CommandHandler, chronySources } from '../../../../configure/index.ts';
import { quoteForShell } from '../../../../process/index.ts';

/** `timesource`: time servers in /etc/chrony.conf in the place of the distribution's, as Anaconda writes them. */
export const timesource: CommandHandler = {
  ...asDebian,
  scripts(model) {
    const entries = model.commands.timesource;
    const last = entries.at(-1);
    if (!last) return [];
    const lines = chronySources(entries);
    const isOff = entries.some((entry) => entry.ntpDisable);
    const body = [
      ...(lines.length > 0
        ? [
            "sed -Ei '/^(server|pool) /d' /etc/chrony.conf",
            `printf '%s\\n' ${lines.map(quoteForShell).join(' ')} >> /etc/chrony.conf`,
          ]
        : []),
      ...(isOff ? ['[ ! -e /usr/lib/systemd/system/chronyd.service ] || systemctl disable chronyd.service'] : []),
    ];
    return [{ id: 'timesource', title: 'timesource', body: body.join('\n'), origin: last.span }];
  },
};
