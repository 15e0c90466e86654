import { type CommandHandler, configuring } from '../../../configure/index.ts';
import { bootloader } from './bootloader.ts';
import { storage, wiping } from './storage.ts';

/** In Anaconda's order of work. */
export const commandHandlers: readonly CommandHandler[] = [bootloader, ...configuring, storage, wiping];
