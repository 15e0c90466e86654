import { type CommandHandler, configuring } from '../../../configure/index.ts';
import { bootloader } from './bootloader.ts';
import { automatic, btrfs, required, storage, wiping } from './storage.ts';

const layingOut = [storage, required, automatic, btrfs];

const commandHandlers: readonly CommandHandler[] = [bootloader, ...configuring, ...layingOut, wiping];

/** In Anaconda's order of work. `own`: those that are another matter, or only there, in one family of distributions. */
export function commandHandlersWith(own: readonly CommandHandler[]): readonly CommandHandler[] {
  const ofSame = (one: CommandHandler) => own.find(({ commands: [name = ''] }) => one.commands.includes(name));
  const usual = commandHandlers.map((one) => ofSame(one) ?? one);
  return [...usual, ...own.filter((one) => !usual.includes(one))];
}
