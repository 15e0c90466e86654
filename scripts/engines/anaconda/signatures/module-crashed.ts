import type { Signature } from './signature.ts';

export const moduleCrashed: Signature = {
  id: 'module-crashed',
  pattern:
    /Process \S*\.(?<module>Modules\.\w+) exited with status|Service \S*\.(?<name>Modules\.\w+) has failed to start/,
  cause: 'Anaconda’s module $<module>$<name> could not start',
  advice:
    'The container lacks device-mapper, udev or a library: run privileged, with /dev, and with all of lorax-lmc-novirt.',
  source: 'anaconda 45.21: modules/boss/module_manager/start_modules.py; dbus-daemon’s words for a service that exits',
  excerpt: [
    'Service org.fedoraproject.Anaconda.Modules.Storage has failed to start: g-dbus-error-quark: GDBus.Error:org.freedesktop.DBus.Error.Spawn.ChildExited: Process org.fedoraproject.Anaconda.Modules.Storage exited with status 1 (9)',
  ],
};
