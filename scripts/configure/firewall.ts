import { quoteForShell } from '../process/index.ts';
import type { CommandHandler } from './handler.ts';

/** `firewall`: firewalld's offline configuration, as Anaconda makes it. ssh is open unless removed. */
export const firewall: CommandHandler = {
  commands: ['firewall'],
  options: ['--enabled', '--enable', '--disabled', '--disable', '--port', '--trust', '--service', '--remove-service'],
  idle: { '--ssh': 'ssh is open unless it is removed' },
  check(model, packages) {
    const entry = model.commands.firewall;
    if (!entry?.enabled || packages.has('firewalld')) return [];
    return [
      {
        code: 'firewall-without-firewalld',
        severity: 'error',
        message: 'firewall needs the package firewalld, which %packages does not list',
        span: entry.span,
        hint: 'List firewalld, or drop this line and bring nftables rules in an overlay.',
      },
    ];
  },
  scripts(model, packages) {
    const entry = model.commands.firewall;
    if (!entry || !packages.has('firewalld')) return [];
    const options = entry.enabled
      ? [
          '--enabled',
          ...[...new Set(['ssh', ...(entry.services ?? [])])].map((service) => `--service=${service}`),
          ...(entry.trusts ?? []).map((device) => `--trust=${device}`),
          ...(entry.ports ?? []).map((port) => `--port=${port}`),
          ...(entry.removeServices ?? []).map((service) => `--remove-service=${service}`),
        ]
      : ['--disabled'];
    return [
      {
        id: 'firewall',
        title: 'firewall',
        body: `firewall-offline-cmd ${options.map(quoteForShell).join(' ')}`,
        origin: entry.span,
      },
    ];
  },
};
