import type { NetworkValue } from '../model/command-values.ts';
import { behaviour } from './behaviour.ts';
import { doubleQuote, flag, line, plain, quoted } from './canonical-line.ts';

/** `network`: one line per connection. */
export const network = behaviour<NetworkValue>({
  read(input) {
    if (input.values.noipv4 === true) input.values.bootProto = '';
  },
  check(value, input) {
    checkBridge(value, (message) => input.reject(message, 'bridgeopts'));
    if (value.bindto === 'mac' && value.vlanid && !value.bondslaves) {
      input.reject('--bindto=mac does not go with --vlanid, except on a bond', 'bindto');
    }
    const fields = ['ipv4DnsSearch', 'ipv6DnsSearch', 'ipv4IgnoreAutoDns', 'ipv6IgnoreAutoDns'] as const;
    for (const field of fields) {
      if (value[field] && !value.device) input.reject('This option needs --device', field);
    }
  },
  key: (value) => value.device ?? '',
  write: (value) =>
    `network  ${line(
      plain('--bootproto', value.bootProto),
      plain('--dhcpclass', value.dhcpclass),
      plain('--device', value.device),
      quoted('--essid', value.essid),
      quoted('--ethtool', value.ethtool),
      plain('--gateway', value.gateway),
      plain('--hostname', value.hostname),
      plain('--ip', value.ip),
      plain('--mtu', value.mtu),
      plain('--nameserver', value.nameserver),
      plain('--netmask', value.netmask),
      flag('--nodns', value.nodns),
      value.onboot === false ? '--onboot=off' : '',
      plain('--wepkey', value.wepkey),
      flag('--notksdevice', value.notksdevice),
      flag('--noipv4', value.noipv4),
      flag('--noipv6', value.noipv6),
      plain('--ipv6', value.ipv6),
      flag('--activate', value.activate),
      flag('--nodefroute', value.nodefroute),
      plain('--wpakey', value.wpakey),
      plain('--bondslaves', value.bondslaves),
      plain('--bondopts', value.bondopts),
      plain('--vlanid', value.vlanid),
      plain('--ipv6gateway', value.ipv6gateway),
      teamSlaves(value.teamslaves),
      quoted('--teamconfig', value.teamconfig),
      plain('--interfacename', value.interfacename),
      plain('--bridgeslaves', value.bridgeslaves),
      plain('--bridgeopts', value.bridgeopts),
      flag('--no-activate', value.activate === false),
      plain('--bindto', value.bindto),
      plain('--ipv4-dns-search', value.ipv4DnsSearch),
      plain('--ipv6-dns-search', value.ipv6DnsSearch),
      flag('--ipv4-ignore-auto-dns', value.ipv4IgnoreAutoDns),
      flag('--ipv6-ignore-auto-dns', value.ipv6IgnoreAutoDns),
    )}`,
});

function checkBridge(value: NetworkValue, reject: (message: string) => void): void {
  if (!value.bridgeopts) return;
  if (!value.bridgeslaves) reject('--bridgeopts needs --bridgeslaves');
  for (const item of value.bridgeopts.split(',')) {
    const [key, content, ...rest] = item.split('=');
    if (!key || !content || rest.length > 0) reject(`--bridgeopts: "${item}" is not of the form key=value`);
  }
}

function teamSlaves(slaves: NetworkValue['teamslaves']): string {
  if (!slaves?.length) return '';
  const items = slaves.map(([device, config]) => (config === '' ? device : `${device}'${config}'`));
  return `--teamslaves=${doubleQuote(items.join(','))}`;
}
