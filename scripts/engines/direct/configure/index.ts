import { group, rootpw, sshkey, user } from './accounts.ts';
import { bootloader } from './bootloader.ts';
import { defaultTarget } from './default-target.ts';
import { firewall } from './firewall.ts';
import type { CommandHandler } from './handler.ts';
import { keyboard } from './keyboard.ts';
import { lang } from './lang.ts';
import { network } from './network.ts';
import { services } from './services.ts';
import { storage, wiping } from './storage.ts';
import { timesource } from './timesource.ts';
import { timezone } from './timezone.ts';

export type { CommandHandler } from './handler.ts';

/** In Anaconda's order of work. */
export const commandHandlers: readonly CommandHandler[] = [
  bootloader,
  timezone,
  timesource,
  services,
  defaultTarget,
  lang,
  keyboard,
  firewall,
  network,
  group,
  user,
  rootpw,
  sshkey,
  storage,
  wiping,
];
