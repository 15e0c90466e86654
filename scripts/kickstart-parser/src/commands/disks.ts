import type { KickstartVersion } from '../grammar/version.ts';
import type {
  BootloaderValue,
  ClearpartValue,
  FcoeValue,
  IgnorediskValue,
  IscsinameValue,
  IscsiValue,
  NvdimmValue,
  ZfcpValue,
  ZiplValue,
} from '../model/command-values.ts';
import { type AnyBehaviour, behaviour } from './behaviour.ts';
import { flag, lastWord, line, list, named, plain, quoted, quotedList } from './canonical-line.ts';

/** Finding disks, emptying them and booting from them. */
export const DISK_COMMANDS: Readonly<Record<string, AnyBehaviour>> = {
  bootloader: behaviour<BootloaderValue>({
    read(input) {
      const md5pass = input.values.md5pass;
      if (!md5pass) return;
      input.values.password = md5pass;
      input.values.isCrypted = true;
      delete input.values.md5pass;
    },
    check(value, input) {
      if (value.bootDrive.includes(',')) input.reject('--boot-drive takes one disk', 'bootDrive');
      if (value.sdboot && value.extlinux) input.reject('--sdboot and --extlinux exclude each other', 'extlinux');
    },
    write(value) {
      if (value.disabled) return 'bootloader --disabled';
      return line(
        'bootloader',
        quoted('--append', value.appendLine),
        plain('--location', value.location),
        quoted('--password', value.password),
        flag('--upgrade', value.upgrade),
        quotedList('--driveorder', value.driveorder),
        value.timeout === undefined ? '' : `--timeout=${value.timeout}`,
        plain('--default', value.default),
        flag('--iscrypted', value.isCrypted),
        plain('--boot-drive', value.bootDrive),
        flag('--leavebootorder', value.leavebootorder),
        flag('--extlinux', value.extlinux),
        flag('--nombr', value.nombr),
        flag('--sdboot', value.sdboot),
      );
    },
  }),

  zipl: behaviour<ZiplValue>({ write: (value) => (value.secureBoot ? `zipl --${value.secureBoot}` : '') }),

  zerombr: behaviour<Record<never, never>>({ write: () => 'zerombr' }),

  clearpart: behaviour<ClearpartValue>({
    write(value) {
      const isByList = (value.devices?.length ?? 0) > 0;
      if (value.type === undefined && !isByList) return '';
      return line(
        'clearpart',
        isByList ? '' : `--${value.type}`,
        flag('--initlabel', value.initAll),
        list('--drives', value.drives),
        list('--list', value.devices),
        plain('--disklabel', value.disklabel),
        flag('--cdl', value.cdl),
      );
    },
  }),

  ignoredisk: behaviour<IgnorediskValue>({
    check(value, input) {
      const given = [value.ignoredisk?.length, value.onlyuse?.length].filter(Boolean);
      if (given.length !== 1) input.reject('ignoredisk needs exactly one of --drives, --only-use');
    },
    write(value) {
      const disks = value.ignoredisk?.length ? list('--drives', value.ignoredisk) : list('--only-use', value.onlyuse);
      return line('ignoredisk', disks, flag('--interactive', value.interactive));
    },
  }),

  iscsi: behaviour<IscsiValue>({
    write: (value) =>
      line(
        'iscsi',
        plain('--target', value.target),
        named('--ipaddr', value.ipaddr),
        value.port === undefined ? '' : `--port=${value.port}`,
        plain('--user', value.user),
        plain('--password', value.password),
        plain('--reverse-user', value.userIn),
        plain('--reverse-password', value.passwordIn),
        plain('--iface', value.iface),
      ),
  }),

  iscsiname: behaviour<IscsinameValue>({
    read(input) {
      input.values.iqn = input.words('iqn')[0] ?? '';
    },
    write: (value) => (value.iqn === '' ? '' : `iscsiname ${lastWord(value.iqn)}`),
  }),

  fcoe: behaviour<FcoeValue>({
    key: (value) => value.nic,
    write: (value) =>
      line('fcoe', named('--nic', value.nic), flag('--dcb', value.dcb), flag('--autovlan', value.autovlan)),
  }),

  zfcp: behaviour<ZfcpValue>({
    check(value, input) {
      // Where all three options are required nobody looks at their values.
      if (needsAllOfZfcp(input.version)) return;
      if (!value.devnum) input.reject('--devnum must not be empty', 'devnum');
      if (Boolean(value.wwpn) !== Boolean(value.fcplun)) input.reject('--wwpn and --fcplun need each other');
    },
    key: (value) => `${value.devnum ?? ''} ${value.wwpn ?? ''} ${value.fcplun ?? ''}`,
    write(value, version) {
      const option = needsAllOfZfcp(version) ? named : plain;
      return line(
        'zfcp',
        option('--devnum', value.devnum),
        option('--wwpn', value.wwpn),
        option('--fcplun', value.fcplun),
      );
    },
  }),

  nvdimm: behaviour<NvdimmValue>({
    read(input) {
      input.values.action = input.words('action')[0] ?? 'reconfigure';
    },
    check(value, input) {
      if (value.namespace && value.blockdevs?.length) {
        input.reject('--namespace and --blockdevs exclude each other', 'blockdevs');
      }
      if (value.action === 'reconfigure') {
        if (!value.namespace) input.reject('nvdimm reconfigure needs --namespace');
        if (!value.sectorsize) input.reject('nvdimm reconfigure needs --sectorsize');
      } else if (!value.namespace && !value.blockdevs?.length) {
        input.reject('nvdimm use needs --namespace or --blockdevs');
      }
    },
    key({ action, namespace, blockdevs }) {
      const devices = namespace || blockdevs?.join(',');
      return devices ? `${action} ${devices}` : undefined;
    },
    write: (value) =>
      line(
        'nvdimm',
        value.action,
        plain('--namespace', value.namespace),
        ...(value.action === 'reconfigure'
          ? [plain('--mode', value.mode), plain('--sectorsize', value.sectorsize)]
          : []),
        list('--blockdevs', value.blockdevs),
      ),
  }),
};

function needsAllOfZfcp(version: KickstartVersion): boolean {
  return version === 'F36' || version === 'RHEL8';
}
