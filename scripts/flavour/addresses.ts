import { BlockList, isIP } from 'node:net';

/** `192.0.2.1`, `2001:db8::1` */
export function isAddress(text: string): boolean {
  return isIP(text) !== 0 && !text.includes('%');
}

/** `192.0.2.10/24`: the address of a host, and how many of its bits name the network. */
export function isAddressWithPrefix(text: string): boolean {
  return readAddressWithPrefix(text) !== undefined;
}

export interface AddressWithPrefix {
  readonly address: string;
  readonly family: 'ipv4' | 'ipv6';
  readonly prefix: number;
}

export function readAddressWithPrefix(text: string): AddressWithPrefix | undefined {
  const [, address = '', length = ''] = /^([^/%]+)\/(\d{1,3})$/.exec(text) ?? [];
  const version = isIP(address);
  const prefix = Number(length);
  if (version === 0 || prefix < 1 || prefix > (version === 4 ? 32 : 128)) return undefined;
  return { address, family: version === 4 ? 'ipv4' : 'ipv6', prefix };
}

/** Whether a router at `gateway` can be reached from a host with this address without another router. */
export function isOnNetworkOf({ address, family, prefix }: AddressWithPrefix, gateway: string): boolean {
  const network = new BlockList();
  network.addSubnet(address, prefix, family);
  // Every IPv6 link has these.
  if (family === 'ipv6') network.addSubnet('fe80::', 10, 'ipv6');
  return isIP(gateway) === (family === 'ipv4' ? 4 : 6) && network.check(gateway, family);
}

/** Whether the address is the network itself, or everybody on it: no host can have it. */
export function isNoHost({ address, family, prefix }: AddressWithPrefix): boolean {
  if (family === 'ipv6' || prefix > 30) return false;
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - prefix);
  return number % size === 0 || number % size === size - 1;
}
