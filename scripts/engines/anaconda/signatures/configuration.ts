import type { Signature } from './signature.ts';
import { notUnderstood } from './words-of-pykickstart.ts';

/** What goes wrong while Anaconda starts, reads the kickstart and configures the installed system. */
export const configuration: readonly Signature[] = [
  {
    id: 'unknown-service',
    pattern:
      /Cannot enable the following services because they are not installed on the target system: (?<units>.+?)\.?\s*$|Error enabling service (?<unit>\S+):/,
    cause: 'units that are to be enabled do not exist: $<units>$<unit>',
    advice: 'Add the package that has them, or take them out of the flavour.',
    kickstartWords: ['units', 'unit'],
    source: 'anaconda 45.21: modules/services/installation.py and core/service.py',
    excerpt: [
      'Cannot enable the following services because they are not installed on the target system: sshd.socket, phyllome-doctor.timer.',
    ],
  },
  {
    id: 'script-failed',
    pattern: /Error code (?<status>\d+) running the kickstart script at line (?<line>\d+)/,
    cause: 'the script that begins at this line ended with status $<status>',
    advice: 'Its output is in its ks-script log.',
    hasScriptLine: true,
    source: 'anaconda 45.21: core/kickstart/scripts.py',
    excerpt: ['19:41:13,123 ERR ks.script: Error code 1 running the kickstart script at line 2'],
  },
  {
    id: 'script-error',
    pattern: /There was an error running the kickstart script at line (?<line>\d+)/,
    cause: 'the script that begins at this line failed',
    advice: 'Its output is in its ks-script log.',
    hasScriptLine: true,
    source: 'anaconda 45.21: errors.py, in anaconda.log; what it prints names neither the line nor the reason',
    excerpt: [
      '19:41:13,123 ERR ui.tui: There was an error running the kickstart script at line 2.  This is a fatal error',
    ],
  },
  {
    id: 'script-number',
    pattern: /The exact error message is:/,
    problemBelow: /^\d+$/,
    cause: 'the script that begins at this line failed',
    advice: 'What it said stands below the number.',
    hasScriptLine: true,
    isSymptom: true,
    source: 'anaconda 44.35: modules/runtime/scripts/runtime.py',
    excerpt: ['The exact error message is:', '', '2', '', 'semanage: command not found'],
  },
  {
    id: 'kickstart-syntax',
    pattern: /The following problem occurred on line (?<line>\d+) of the kickstart file/,
    problemBelow: notUnderstood,
    cause: 'Anaconda does not understand this line of the kickstart: $<problem>',
    advice: 'Check it with `phyllome lint`, and that the builder is of the release that the kickstart is for.',
    hasKickstartLine: true,
    source: 'pykickstart: pykickstart/errors.py, printed by anaconda 45.21: kickstart.py',
    excerpt: [
      'An error occurred during reading the kickstart file:',
      'The following problem occurred on line 12 of the kickstart file:',
      '',
      'Unknown command: foo',
      '',
      'The installer will now terminate.',
    ],
  },
  {
    id: 'kickstart-line',
    pattern: /The following problem occurred on line (?<line>\d+) of the kickstart file/,
    problemBelow: true,
    cause: 'Anaconda cannot do what this line of the kickstart asks for: $<problem>',
    advice: 'The line is understood; what it names is not there, or not possible on the machine that is installed.',
    hasKickstartLine: true,
    source: 'anaconda 45.21: kickstart.py and the modules, by KickstartParseError with a line number',
    excerpt: [
      'Starting automated install...',
      'The following problem occurred on line 12 of the kickstart file:',
      '',
      'Disk "vda" given in ignoredisk command does not exist.',
      '',
      'Install failed: novirt_install failed',
    ],
  },
  {
    id: 'kickstart-reading',
    pattern: /error occurred during reading the kickstart file/,
    cause: 'Anaconda cannot read the kickstart',
    advice: 'The lines after it say why.',
    isSymptom: true,
    source: 'anaconda 45.21: kickstart.py, parseKickstart',
    excerpt: ['An error occurred during reading the kickstart file:'],
  },
  {
    id: 'spokes',
    pattern: /mandatory spokes are not completed/,
    cause: 'the kickstart leaves questions open that nobody is there to answer',
    advice: 'rootpw (also --lock), lang, keyboard and timezone must be there.',
    // Sources that cannot be read leave a question open as well: packaging.log has the reason.
    isSymptom: true,
    isFatal: true,
    source: 'anaconda 45.21: ui/tui/hubs/summary.py',
    excerpt: ['The following mandatory spokes are not completed:'],
  },
  {
    id: 'firewall-program',
    pattern: /firewall-offline-cmd is missing/,
    cause: 'the kickstart has a firewall line, and firewalld is not installed',
    advice: 'Add firewalld, or remove the line.',
    kickstartCommand: 'firewall',
    source: 'anaconda 45.21: modules/network/firewall/installation.py',
    excerpt: ['/usr/bin/firewall-offline-cmd is missing. Cannot setup firewall.'],
  },
  {
    id: 'authselect-program',
    pattern: /authselect is missing/,
    cause: 'the kickstart has an authselect line, and authselect is not installed',
    advice: 'Add authselect.',
    kickstartCommand: 'authselect',
    source: 'anaconda 45.21: modules/security/installation.py',
    excerpt: ['/usr/bin/authselect is missing. Cannot setup authentication.'],
  },
  {
    id: 'pid-file',
    pattern: /anaconda\.pid already exists|anaconda is already running/,
    cause: 'the lock of an earlier Anaconda is there',
    advice: 'If none runs: `phyllome doctor --clean`.',
    isFatal: true,
    source: 'anaconda 45.21: anaconda.py',
    excerpt: ['/run/anaconda.pid already exists, exiting'],
  },
  {
    id: 'stale-mount',
    pattern: /Failed to create directory "?\/mnt\/sysroot/,
    cause: 'a mount of an earlier build is still at /mnt/sysroot',
    advice: '`phyllome doctor --clean`, or `umount -R /mnt/sysroot /mnt/sysimage`.',
    source: 'github.com/weldr/lorax issue 1420',
    excerpt: [
      'The exact error message is: ',
      '',
      'Failed to create directory "/mnt/sysroot/var": 2 - No such file or directory.',
    ],
  },
  {
    id: 'module-crashed',
    // That of subscriptions, and add-ons, may leave (`optional_modules` of anaconda.conf), and do so wherever they have nothing to do.
    pattern:
      /(?:Process|Service) \S*\bAnaconda\.(?<module>Modules\.(?!Subscription\b)\w+) (?:exited with status|has failed to start)/,
    cause: 'Anaconda’s module $<module>, which it cannot do without, did not start',
    advice:
      'The container lacks device-mapper, udev or a library: run privileged, with /dev, and with all of lorax-lmc-novirt.',
    source:
      'anaconda 45.21: modules/boss/module_manager/start_modules.py, data/anaconda.conf; dbus-daemon’s words for a service that exits',
    excerpt: [
      'Service org.fedoraproject.Anaconda.Modules.Storage has failed to start: g-dbus-error-quark: GDBus.Error:org.freedesktop.DBus.Error.Spawn.ChildExited: Process org.fedoraproject.Anaconda.Modules.Storage exited with status 1 (9)',
    ],
  },
];
