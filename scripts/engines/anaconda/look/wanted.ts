/** Directories of an installed tree that tell whether it is what was asked for; what the kickstart puts elsewhere is added. */
export const lookedAt = ['etc', 'root', 'boot', 'var/log/anaconda', 'usr/lib/systemd', 'usr/lib/sysimage/rpm'] as const;
