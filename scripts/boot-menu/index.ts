export { bootEntry, bootLoaderConfiguration, systemdBoot } from './boot-entry.ts';
export { grubMenu, menuEntry, quoteForGrub } from './grub-menu.ts';
