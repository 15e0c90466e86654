import { group, rootpw, sshkey, user } from './accounts.ts';
import { defaultTarget } from './default-target.ts';
import { firewall } from './firewall.ts';
import type { CommandHandler } from './handler.ts';
import { keyboard } from './keyboard.ts';
import { lang } from './lang.ts';
import { network } from './network.ts';
import { services } from './services.ts';
import { chronySources, timesource } from './timesource.ts';
import { timezone } from './timezone.ts';

export { type Accepted, accepts, type CommandHandler, type ConfigureScript, writeFile } from './handler.ts';
export { isIPv4, prefixLength } from './ipv4.ts';
export { fileSystems, isNeededToMount, type PartitionRole, roleOf } from './partition.ts';
export { postScripts, scriptCommand } from './post-scripts.ts';

export { chronySources, keyboard, lang, timesource };

/** The commands that configure a root tree, whoever made it, in Anaconda's order of work. */
export const configuring: readonly CommandHandler[] = [
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
];
