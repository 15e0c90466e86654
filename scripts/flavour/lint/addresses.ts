import type { Diagnostic } from '../../diagnostic/index.ts';
import { isNoHost, isOnNetworkOf, readAddressWithPrefix } from '../addresses.ts';
import type { FlavourRule } from './rule.ts';

/** Addresses that are well-formed one by one and cannot work together: the host would be alone on its network. */
export const addresses: FlavourRule = ({ options }) =>
  options.flatMap(({ component, name, value, at }): readonly Diagnostic[] => {
    // `address` has its `gateway`, and `address6` its `gateway6`.
    const second = /^address(6?)$/.exec(name)?.[1];
    const own = second === undefined ? undefined : readAddressWithPrefix(String(value));
    if (!own) return [];
    const gateway = options.find((other) => other.component === component && other.name === `gateway${second}`);
    const router = String(gateway?.value ?? '');
    return [
      ...(second === '6' && own.family !== 'ipv6'
        ? [
            {
              code: 'wrong-option',
              severity: 'error' as const,
              message: `\`${component}.${name}\` must be an IPv6 address, and \`${value}\` is not`,
              span: at,
            },
          ]
        : []),
      ...(isNoHost(own)
        ? [
            {
              code: 'no-host-address',
              severity: 'error' as const,
              message: `no host can have the address \`${value}\`: it is the network's own, or everybody's on it`,
              span: at,
            },
          ]
        : []),
      ...(gateway && router !== '' && !isOnNetworkOf(own, router)
        ? [
            {
              code: 'gateway-elsewhere',
              severity: 'error' as const,
              message: `the gateway \`${router}\` is not on the network of \`${value}\`: it could not be reached`,
              span: gateway.at,
              related: [{ message: 'the address is given here', span: at }],
            },
          ]
        : []),
    ];
  });
