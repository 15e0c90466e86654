import type { Purpose } from '../render/index.ts';
import type { Rendered } from './record.ts';

/** A kickstart that is committed whole. */
interface Specimen {
  readonly flavour: string;
  readonly base: string;
  readonly purpose: Purpose;
  /** What it is there to show. */
  readonly shows: string;
}

/** At most ten, each of another edition. Together they hold every script, and every way to put a disk in order. */
export const specimens: readonly Specimen[] = [
  { flavour: 'nano', base: 'fedora-44', purpose: 'live', shows: 'the smallest one' },
  {
    flavour: 'headless-disk',
    base: 'debian-13',
    purpose: 'live',
    shows: 'an image of a disk, which its component lays out',
  },
  {
    flavour: 'bare-metal-headless-gpu-nvidia',
    base: 'debian-13',
    purpose: 'live',
    shows: 'a graphics card that is handed over to a guest',
  },
  {
    flavour: 'installed-headless-btrfs-luks',
    base: 'fedora-44',
    purpose: 'installer',
    shows: 'what an installer reads, with encryption',
  },
  { flavour: 'headless-cockpit', base: 'fedora-44', purpose: 'disk', shows: 'a disk that the templates lay out' },
  { flavour: 'headless-bridge', base: 'fedora-43', purpose: 'live', shows: 'guests on the network of the host' },
  {
    flavour: 'installed-desktop-systemd-boot',
    base: 'fedora-44',
    purpose: 'live',
    shows: 'a desktop on a disk, started by systemd-boot',
  },
  { flavour: 'live-kiosk', base: 'debian-13', purpose: 'live', shows: 'users, and a session without a login' },
];

/** For what a flavour is rendered: what `phyllome render` prints, and what there is a specimen of. */
export function purposesOf(flavour: string, base: string): readonly Purpose[] {
  const more = specimens.filter((one) => one.flavour === flavour && one.base === base).map(({ purpose }) => purpose);
  return [...new Set<Purpose>(['live', ...more])];
}

export function isSpecimen({ flavour, purpose }: Rendered): boolean {
  return specimens.some(
    (one) => one.flavour === flavour.name && one.base === flavour.base.name && one.purpose === purpose,
  );
}
