import type { Diagnostic } from '../../diagnostic/index.ts';
import { isNoHost, isOnNetworkOf, readAddressWithPrefix } from '../addresses.ts';
import type { FlavourRule } from './rule.ts';

/** Addresses that are well-formed one by one and cannot work together: the host would be alone on its network. */
export const addresses: FlavourRule = ({ options }) =>
  options.flatMap(({ component, name, value, at }): readonly Diagnostic[] => {
    const own = name === 'address' ? readAddressWithPrefix(String(value)) : undefined;
    if (!own) return [];
    const gateway = options.find((other) => other.component === component && other.name === 'gateway');
    const router = String(gateway?.value ?? '');
    return [
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
