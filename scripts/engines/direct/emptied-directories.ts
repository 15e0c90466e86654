/** Directories whose content is a running system's: an image has them empty, whatever building it left there. */
export const emptiedDirectories: readonly string[] = ['dev', 'proc', 'run', 'sys', 'tmp', 'var/tmp'];
