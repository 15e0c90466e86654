import { type CommandHandler, configuring } from '../../../configure/index.ts';
import { bootloader } from './bootloader.ts';
import { automatic, btrfs, required, storage, wiping } from './storage.ts';

const layingOut = [storage, required, automatic, btrfs];

/** In Anaconda's order of work. */
export const commandHandlers: readonly CommandHandler[] = [bootloader, ...configuring, ...layingOut, wiping];
