export { grubMenu, menuEntry, quoteForGrub } from './grub-menu.ts';
