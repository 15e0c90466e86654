import type { KickstartModel } from 'kickstart-parser';
import { splitKernelCommandLine } from '../flavour/index.ts';
import type { ImageKind } from '../outputs/index.ts';

/** What a kickstart asks for: a live image has no partition besides its one file system, and nothing that makes others. */
export function imageKind({ commands }: KickstartModel): ImageKind {
  const { part, btrfs, volgroup, logvol, raid, autopart, reqpart } = commands;
  const isDisk =
    part.some(({ mountpoint }) => mountpoint !== '/') ||
    [btrfs, volgroup, logvol, raid].some(({ length }) => length > 0) ||
    autopart !== undefined ||
    reqpart !== undefined;
  return isDisk ? 'disk' : 'live-iso';
}

/** The arguments of `bootloader --append`. */
export function kernelArguments(model: KickstartModel): string[] {
  return splitKernelCommandLine(model.commands.bootloader?.appendLine ?? '');
}

/** Names of the accounts that the kickstart gives a password. */
export function accountsWithPassword(model: KickstartModel): string[] {
  return model.commands.user.filter((user) => user.password).map((user) => user.name ?? '');
}
