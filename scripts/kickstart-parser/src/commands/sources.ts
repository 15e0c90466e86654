import type {
  BootcValue,
  CdromValue,
  DriverdiskValue,
  HarddriveValue,
  HmcValue,
  LiveimgValue,
  ModuleValue,
  NfsValue,
  OstreecontainerValue,
  OstreesetupValue,
  RepoValue,
  UrlValue,
} from '../model/command-values.ts';
import { type AnyBehaviour, behaviour, type CommandInput } from './behaviour.ts';
import { doubleQuote, flag, line, named, plain, quoted, quotedList, quotedNamed, word } from './canonical-line.ts';

/** Where the installed system comes from. */
export const SOURCE_COMMANDS: Readonly<Record<string, AnyBehaviour>> = {
  url: behaviour<UrlValue>({
    read(input) {
      const { url, mirrorlist, metalink } = input.values;
      const sources = [url, mirrorlist, metalink].filter(Boolean);
      if (sources.length !== 1) input.reject('url needs exactly one of --url, --mirrorlist, --metalink');
    },
    write: (value) =>
      line(
        'url',
        quoted('--url', value.url),
        value.url ? '' : quoted('--mirrorlist', value.mirrorlist),
        value.url || value.mirrorlist ? '' : quoted('--metalink', value.metalink),
        quoted('--proxy', value.proxy),
        flag('--noverifyssl', value.noverifyssl),
        ...certificates(value),
      ),
  }),

  repo: behaviour<RepoValue>({
    check(value, input) {
      const sources = [value.baseurl, value.mirrorlist, value.metalink].filter(Boolean);
      if (sources.length > 1) input.reject('repo takes only one of --baseurl, --mirrorlist, --metalink');
    },
    key: (value) => value.name,
    write(value) {
      const source = value.baseurl ? plain('--baseurl', value.baseurl) : plain('--mirrorlist', value.mirrorlist);
      const rest = line(
        plain('--cost', value.cost),
        quotedList('--includepkgs', value.includepkgs),
        quotedList('--excludepkgs', value.excludepkgs),
        value.ignoregroups ? '--ignoregroups=true' : '',
        quoted('--proxy', value.proxy),
        flag('--noverifyssl', value.noverifyssl),
        flag('--install', value.install),
        value.baseurl || value.mirrorlist ? '' : plain('--metalink', value.metalink),
        ...certificates(value),
      );
      // The reference separates the name from the source by a space even if there is no source.
      return `repo --name=${doubleQuote(value.name ?? '')} ${source}${rest === '' ? '' : ` ${rest}`}`;
    },
  }),

  cdrom: behaviour<CdromValue>({ write: () => 'cdrom' }),
  hmc: behaviour<HmcValue>({ write: () => 'hmc' }),

  nfs: behaviour<NfsValue>({
    write: (value) =>
      line('nfs', named('--server', value.server), quotedNamed('--dir', value.dir), quoted('--opts', value.opts)),
  }),

  harddrive: behaviour<HarddriveValue>({
    check(value, input) {
      if (input.version !== 'RHEL8') return;
      const places = [value.biospart, value.partition].filter((place) => place !== undefined);
      if (places.length !== 1) input.reject('harddrive needs exactly one of --biospart, --partition');
    },
    write: (value) =>
      line(
        'harddrive',
        quotedNamed('--dir', value.dir),
        value.biospart === undefined ? named('--partition', value.partition) : plain('--biospart', value.biospart),
      ),
  }),

  liveimg: behaviour<LiveimgValue>({
    write: (value) =>
      line(
        'liveimg',
        quotedNamed('--url', value.url),
        quoted('--proxy', value.proxy),
        flag('--noverifyssl', value.noverifyssl),
        quoted('--checksum', value.checksum),
      ),
  }),

  ostreesetup: behaviour<OstreesetupValue>({
    read(input) {
      fillIn('remote', 'osname', input);
    },
    check(value, input) {
      if (!/^(file|https?):/.test(value.url ?? '')) input.reject('--url must begin with file:, http: or https:', 'url');
    },
    write(value) {
      if (!value.osname) return '';
      return line(
        'ostreesetup',
        quoted('--osname', value.osname),
        quoted('--remote', value.remote),
        quoted('--url', value.url),
        quotedNamed('--ref', value.ref),
        flag('--nogpg', value.nogpg),
      );
    },
  }),

  ostreecontainer: behaviour<OstreecontainerValue>({
    read(input) {
      fillIn('remote', 'stateroot', input);
    },
    write: (value) =>
      line(
        'ostreecontainer',
        quoted('--stateroot', value.stateroot),
        quoted('--remote', value.remote),
        flag('--no-signature-verification', value.noSignatureVerification),
        quoted('--transport', value.transport),
        quotedNamed('--url', value.url),
      ),
  }),

  bootc: behaviour<BootcValue>({
    read(input) {
      fillIn('targetImgRef', 'sourceImgRef', input);
    },
    write: (value) =>
      line(
        'bootc',
        quotedNamed('--stateroot', value.stateroot),
        quotedNamed('--source-imgref', value.sourceImgRef),
        quoted('--target-imgref', value.targetImgRef),
        quoted('--bootloader', value.bootloader),
        flag('--composefs', value.composefs),
      ),
  }),

  module: behaviour<ModuleValue>({
    write: (value) =>
      line('module', named('--name', value.name), plain('--stream', value.stream), flag('--disable', !value.enable)),
  }),

  driverdisk: behaviour<DriverdiskValue>({
    read(input) {
      const words = input.words('partition');
      if (words.length > 1) input.reject('driverdisk takes one partition');
      if (words[0] !== undefined) input.values.partition = words[0];
      const sources = [words.length > 0, input.values.source, input.values.biospart].filter(Boolean);
      if (sources.length !== 1) input.reject('driverdisk needs exactly one of a partition, --source, --biospart');
    },
    write: (value) =>
      line(
        'driverdisk',
        value.partition ? word(value.partition) : '',
        plain('--source', value.source),
        plain('--biospart', value.biospart),
      ),
  }),
};

/** Gives a field that is empty the value of another one. */
function fillIn(field: string, from: string, { values, before }: CommandInput): void {
  const source = values[from] ?? before?.[from];
  if (!(values[field] ?? before?.[field]) && source) values[field] = source;
}

function certificates(value: {
  readonly sslcacert?: string;
  readonly sslclientcert?: string;
  readonly sslclientkey?: string;
}): string[] {
  return [
    quoted('--sslcacert', value.sslcacert),
    quoted('--sslclientcert', value.sslclientcert),
    quoted('--sslclientkey', value.sslclientkey),
  ];
}
