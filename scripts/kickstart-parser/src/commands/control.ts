import type {
  AuthconfigValue,
  AuthselectValue,
  AutostepValue,
  DisplayModeValue,
  EulaValue,
  LoggingValue,
  RdpValue,
  RealmValue,
  RebootValue,
  RescueValue,
  RhsmValue,
  SyspurposeValue,
  UpdatesValue,
  VncValue,
} from '../model/command-values.ts';
import { type AnyBehaviour, behaviour } from './behaviour.ts';
import { doubleQuote, flag, lastWord, line, optionsOnly, plain, quoted, quotedNamed } from './canonical-line.ts';
import { rawArguments } from './raw-arguments.ts';
import { readRealm } from './realm.ts';

/** How the installer itself runs, registers and ends. */
export const CONTROL_COMMANDS: Readonly<Record<string, AnyBehaviour>> = {
  displayMode: behaviour<DisplayModeValue>({
    read(input) {
      input.values.mode = input.line.name;
      if (input.line.name === 'cmdline' && input.isGiven('nonInteractive')) {
        input.reject('cmdline takes no --non-interactive: it never asks', 'nonInteractive');
      }
    },
    write: (value) => line(value.mode, flag('--non-interactive', value.nonInteractive)),
  }),

  reboot: behaviour<RebootValue>({
    read(input) {
      input.values.action = input.line.name;
    },
    // "poweroff" is the younger name of "shutdown".
    write: (value) =>
      line(
        value.action === 'poweroff' ? 'shutdown' : value.action,
        flag('--eject', value.eject),
        flag('--kexec', value.kexec),
      ),
  }),

  autostep: behaviour<AutostepValue>({
    write: (value) => line('autostep', flag('--autoscreenshot', value.autoscreenshot)),
  }),

  mediacheck: behaviour<Record<never, never>>({ write: () => 'mediacheck' }),

  rescue: behaviour<RescueValue>({
    check(value, input) {
      if (value.nomount && value.romount) input.reject('--nomount and --romount exclude each other');
    },
    write: (value) => line('rescue', flag('--nomount', value.nomount), flag('--romount', value.romount)),
  }),

  logging: behaviour<LoggingValue>({
    check(value, input) {
      if (value.port && !value.host) input.reject('--port needs --host', 'port');
    },
    write: (value, version) =>
      // Only RHEL 8 still has a level, and always writes it.
      optionsOnly(
        'logging',
        version === 'RHEL8' ? plain('--level', value.level ?? 'info') : '',
        plain('--host', value.host),
        plain('--port', value.port),
      ),
  }),

  vnc: behaviour<VncValue>({
    write: (value) =>
      line(
        'vnc',
        plain('--host', value.host),
        plain('--port', value.host ? value.port : ''),
        plain('--password', value.password),
      ),
  }),

  rdp: behaviour<RdpValue>({
    write: (value) => line('rdp', plain('--username', value.username), plain('--password', value.password)),
  }),

  eula: behaviour<EulaValue>({
    read(_input) {},
    check(value, input) {
      if (!value.agreed) input.reject('eula needs --agreed');
    },
    write: (value) => (value.agreed ? 'eula --agreed' : ''),
  }),

  updates: behaviour<UpdatesValue>({
    read(input) {
      const words = [...input.words('url'), ...input.words('updates')];
      if (words.length > 1) input.reject('updates takes one URL');
      const [url] = words;
      // RHEL 8 means a floppy disk when nothing is named.
      if (url === undefined || (url === 'floppy' && input.version === 'RHEL8')) input.unset('url');
      else input.values.url = url;
    },
    write: (value) => (value.url === '' ? '' : line('updates', value.url === undefined ? '' : lastWord(value.url))),
  }),

  realm: behaviour<RealmValue>({
    read: readRealm,
    write: (value) => line('realm join', ...value.words.map(shellWord)),
  }),

  authselect: behaviour<AuthselectValue>({
    read(input) {
      input.values.text = rawArguments(input.line);
    },
    write: (value) => (value.text === '' ? '' : `authselect ${value.text}`),
  }),

  authconfig: behaviour<AuthconfigValue>({
    read(input) {
      input.values.text = rawArguments(input.line);
    },
    write: (value) => (value.text === '' ? '' : `auth ${value.text}`),
  }),

  rhsm: behaviour<RhsmValue>({
    check(value, input) {
      if (value.activationKeys?.includes('')) input.reject('An activation key must not be empty', 'activationKeys');
    },
    write: (value) =>
      line(
        'rhsm',
        quotedNamed('--organization', value.organization),
        ...(value.activationKeys ?? []).map((key) => quoted('--activation-key', key)),
        flag('--connect-to-insights', value.connectToInsights),
        quoted('--proxy', value.proxy),
        quoted('--server-hostname', value.serverHostname),
        quoted('--rhsm-baseurl', value.rhsmBaseurl),
        quoted('--flatpak-registry-url', value.flatpakRegistryUrl),
      ),
  }),

  syspurpose: behaviour<SyspurposeValue>({
    read(_input) {},
    write: (value) =>
      optionsOnly(
        'syspurpose',
        quoted('--role', value.role),
        quoted('--sla', value.sla),
        quoted('--usage', value.usage),
        ...(value.addons ?? []).map((addon) => `--addon=${doubleQuote(addon)}`),
      ),
  }),
};

/** A word as the reference quotes it for a shell. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'"'"'`)}'`;
}
