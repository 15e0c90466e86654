import type { KickstartModel } from 'kickstart-parser';
import type { CreatorOptions } from './creator-model.ts';

/** What livemedia-creator 46 finds wrong with a kickstart before Anaconda starts, in its own words: check_kickstart and calculate_disk_size. */
export function checksOfKickstart(model: KickstartModel, opts: CreatorOptions): string[] {
  const { url, nfs, ostreesetup, repo, network, displayMode, part, autopart, reboot } = model.commands;
  const findings: readonly (readonly [unknown, string])[] = [
    [
      opts.make_iso && !model.packages?.packages.some(({ name }) => name === 'dracut-live'),
      'dracut-live package is missing from the kickstart.',
    ],
    [
      opts.no_virt && !url && !nfs && !ostreesetup,
      'Only url, nfs and ostreesetup install methods are currently supported.',
    ],
    [repo.length > 0 && !url, 'repo can only be used with the url install method.'],
    [
      network.length === 0 && (nfs || (url && !url.url?.startsWith('file:'))),
      'The kickstart must activate networking if the url or nfs install method is used.',
    ],
    [displayMode, 'The kickstart must not set a display mode'],
    [
      (opts.make_fsimage || (opts.make_pxe_live && opts.no_virt)) &&
        (autopart || part.some(({ mountpoint }) => mountpoint !== '/' && mountpoint !== 'swap')),
      'Filesystem images must use a single / part',
    ],
    [
      !opts.no_virt && reboot?.action !== 'shutdown',
      'The kickstart must include shutdown when using virt installation.',
    ],
  ];
  const sizes = new Map(part.map(({ mountpoint, size }) => [mountpoint, size]));
  const counted =
    opts.no_virt && (opts.make_iso || opts.make_fsimage) ? [...sizes].filter(([at]) => at === '/') : [...sizes];
  const missing = counted.some(([, size]) => size === undefined);
  const sum = counted.reduce((total, [, size]) => total + (size ?? 0), 0);
  return [
    ...findings.filter(([fails]) => Boolean(fails)).map(([, message]) => message),
    ...(missing ? ["unsupported operand type(s) for +: 'int' and 'NoneType'"] : []),
    ...(!missing && sum === 0 ? ['Unable to calculate required disk size.'] : []),
  ];
}
