import type { Entry, NetworkValue } from 'kickstart-parser';
import { quoteForShell } from '../process/index.ts';
import { type CommandHandler, writeFile } from './handler.ts';
import { prefixLength } from './ipv4.ts';

/**
 * `network`: the host name, and a systemd-networkd file for each device that is named or has a fixed address.
 * A plain "DHCP on whatever has a link" writes nothing, as Anaconda's directory installation: the image's own
 * network component does that.
 */
export const network: CommandHandler = {
  commands: ['network'],
  options: [
    '--bootproto',
    '--device',
    '--hostname',
    '--ip',
    '--netmask',
    '--gateway',
    '--nameserver',
    '--mtu',
    '--onboot',
    '--noipv4',
    '--noipv6',
    '--ipv6',
    '--ipv6gateway',
    '--nodns',
    '--nodefroute',
  ],
  idle: { '--activate': 'a device is brought up at boot unless --onboot=no' },
  check(model, packages) {
    const managed = packages.has('network-manager');
    return model.commands.network.flatMap((entry) => {
      if (managed && needsFile(entry)) {
        return [
          {
            code: 'network-needs-networkd',
            severity: 'error' as const,
            message: 'device configuration is written for systemd-networkd, not for NetworkManager',
            span: entry.span,
            hint: 'Bring a NetworkManager keyfile in an overlay, or drop network-manager.',
          },
        ];
      }
      if (entry.bootProto === 'ibft' || entry.bootProto === 'query') {
        const message = `network --bootproto=${entry.bootProto}: there is nobody to ask; say dhcp or static`;
        return [{ code: 'unsupported-option', severity: 'error' as const, message, span: entry.span }];
      }
      if (entry.bootProto === 'static' && (!entry.ip || !entry.netmask || prefixLength(entry.netmask) === undefined)) {
        return [
          {
            code: 'network-static-incomplete',
            severity: 'error' as const,
            message: 'network --bootproto=static needs --ip and a valid --netmask',
            span: entry.span,
          },
        ];
      }
      return [];
    });
  },
  scripts(model) {
    return model.commands.network.flatMap((entry, index) => {
      const body = [
        ...(entry.hostname ? [`printf '%s\\n' ${quoteForShell(entry.hostname)} > /etc/hostname`] : []),
        ...(needsFile(entry)
          ? [writeFile(`/etc/systemd/network/10-kickstart-${index}.network`, networkdFile(entry))]
          : []),
      ];
      if (body.length === 0) return [];
      return [{ id: `network-${index}`, title: 'network', body: body.join('\n'), origin: entry.span }];
    });
  },
};

/** Anything besides "DHCP on whatever has a link". */
function needsFile(entry: NetworkValue): boolean {
  return (
    (entry.device !== undefined && !['', 'link', 'bootif'].includes(entry.device)) ||
    entry.bootProto === 'static' ||
    [entry.mtu, entry.nameserver, entry.ipv6, entry.ipv6gateway].some((value) => value !== undefined && value !== '') ||
    entry.onboot === false ||
    entry.noipv4 ||
    entry.noipv6 ||
    entry.nodns ||
    entry.nodefroute
  );
}

function networkdFile(entry: Entry<NetworkValue>): string {
  const device = entry.device ?? 'link';
  const match = /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(device)
    ? `MACAddress=${device}`
    : ['', 'link', 'bootif'].includes(device)
      ? 'Type=ether'
      : `Name=${device}`;
  const fixed = entry.bootProto === 'static';
  const dhcp = fixed ? 'no' : entry.noipv4 ? 'ipv6' : entry.noipv6 ? 'ipv4' : 'yes';
  const dns = entry.nodns ? [] : (entry.nameserver ?? '').split(',').filter((server) => server !== '');
  return [
    '[Match]',
    match,
    ...(entry.mtu || entry.onboot === false ? ['[Link]'] : []),
    ...(entry.mtu ? [`MTUBytes=${entry.mtu}`] : []),
    ...(entry.onboot === false ? ['ActivationPolicy=manual', 'RequiredForOnline=no'] : []),
    '[Network]',
    `DHCP=${dhcp}`,
    ...(fixed && entry.ip ? [`Address=${entry.ip}/${prefixLength(entry.netmask ?? '') ?? 32}`] : []),
    ...(fixed && entry.gateway && !entry.nodefroute ? [`Gateway=${entry.gateway}`] : []),
    ...(entry.ipv6?.includes(':') ? [`Address=${entry.ipv6}`] : []),
    ...(entry.ipv6gateway ? [`Gateway=${entry.ipv6gateway}`] : []),
    ...(entry.noipv6 ? ['LinkLocalAddressing=ipv4', 'IPv6AcceptRA=no'] : []),
    ...dns.map((server) => `DNS=${server}`),
    ...((entry.nodefroute || entry.nodns) && !fixed ? ['[DHCPv4]'] : []),
    ...(entry.nodefroute && !fixed ? ['UseGateway=no'] : []),
    ...(entry.nodns && !fixed ? ['UseDNS=no', '[DHCPv6]', 'UseDNS=no', '[IPv6AcceptRA]', 'UseDNS=no'] : []),
  ].join('\n');
}
