import type {
  FirewallValue,
  FirstbootValue,
  KeyboardValue,
  LangValue,
  SelinuxValue,
  ServicesValue,
  SkipxValue,
  TimesourceValue,
  TimezoneValue,
  XconfigValue,
} from '../model/command-values.ts';
import { type AnyBehaviour, behaviour } from './behaviour.ts';
import { flag, line, list, optionsOnly, plain, quotedList, word } from './canonical-line.ts';

/** How the installed system is set up: language, time, services, security. */
export const SYSTEM_COMMANDS: Readonly<Record<string, AnyBehaviour>> = {
  lang: behaviour<LangValue>({
    read(input) {
      input.values.lang = input.words('lang')[0] ?? '';
    },
    write: (value) => (value.lang === '' ? '' : line('lang', word(value.lang), list('--addsupport', value.addsupport))),
  }),

  keyboard: behaviour<KeyboardValue>({
    read(input) {
      const words = input.words('kbd');
      if (words.length > 1)
        input.reject('keyboard takes one keyboard name; separate several layouts with --xlayouts=a,b');
      if (words[0] !== undefined) input.values.keyboard = words[0];
    },
    check(value, input) {
      if (!value.keyboard && !value.vcKeymap && !value.xLayouts?.length) {
        input.reject('keyboard needs a keyboard name, --vckeymap or --xlayouts');
      }
    },
    write(value) {
      const items = (values: readonly string[] | undefined) => (values ?? []).map(singleQuote).join(',');
      const named = (name: string, text: string) => (text === '' ? '' : `${name}=${text}`);
      const options = [
        plain('--vckeymap', value.vcKeymap),
        named('--xlayouts', items(value.xLayouts)),
        named('--switch', items(value.switchOptions)),
      ];
      const isByName = !value.vcKeymap && !value.xLayouts?.length;
      return isByName ? line('keyboard', singleQuote(value.keyboard ?? '')) : line('keyboard', ...options);
    },
  }),

  timezone: behaviour<TimezoneValue>({
    read(input) {
      const words = input.words('timezone');
      if (words.length > 1) input.reject('timezone takes one zone');
      if (input.line.args.length === 0) input.reject('timezone needs a zone or an option');
      if (words[0] === undefined) input.unset('timezone');
      else input.values.timezone = words[0];
    },
    check(value, input) {
      if (value.nontp && value.ntpservers?.length) {
        input.reject(
          '--nontp and --ntpservers exclude each other',
          input.isGiven('ntpservers') ? 'ntpservers' : 'nontp',
        );
      }
    },
    write: (value, version) =>
      optionsOnly(
        'timezone',
        value.timezone ? word(value.timezone) : '',
        flag(version === 'RHEL8' ? '--isUtc' : '--utc', value.isUtc),
        flag('--nontp', value.nontp),
        list('--ntpservers', value.ntpservers),
      ),
  }),

  timesource: behaviour<TimesourceValue>({
    check(value, input) {
      const sources = [value.ntpServer, value.ntpPool, value.ntpDisable].filter(Boolean);
      if (sources.length !== 1) input.reject('timesource needs exactly one of --ntp-server, --ntp-pool, --ntp-disable');
    },
    write: (value) =>
      line(
        'timesource',
        plain('--ntp-server', value.ntpServer),
        plain('--ntp-pool', value.ntpPool),
        flag('--nts', value.nts),
        flag('--ntp-disable', value.ntpDisable),
      ),
  }),

  services: behaviour<ServicesValue>({
    check(value, input) {
      if (!value.disabled?.length && !value.enabled?.length) {
        input.reject('services needs --enabled or --disabled with at least one unit');
      }
    },
    write: (value) =>
      line('services', quotedList('--disabled', value.disabled), quotedList('--enabled', value.enabled)),
  }),

  firewall: behaviour<FirewallValue>({
    write(value) {
      if (value.useSystemDefaults) return 'firewall --use-system-defaults';
      if (value.enabled === false) return 'firewall --disabled';
      return line(
        'firewall --enabled',
        list('--port', value.ports),
        list('--trust', value.trusts),
        list('--service', value.services),
        list('--remove-service', value.removeServices),
      );
    },
  }),

  selinux: behaviour<SelinuxValue>({ write: (value) => (value.mode === undefined ? '' : `selinux --${value.mode}`) }),

  firstboot: behaviour<FirstbootValue>({
    read: (input) => input.unset('mode'),
    write: (value) => (value.mode === undefined ? '' : `firstboot --${value.mode}`),
  }),

  skipx: behaviour<SkipxValue>({ write: () => 'skipx' }),

  xconfig: behaviour<XconfigValue>({
    write(value) {
      const options = line(plain('--defaultdesktop', value.defaultdesktop), flag('--startxonboot', value.startX));
      return options === '' ? '' : `xconfig  ${options}`;
    },
  }),
};

/** The reference writes keyboard names in single quotes. */
function singleQuote(text: string): string {
  return text.includes("'") ? word(text) : `'${text}'`;
}
