import { shareTag } from '../machine/disk-arguments.ts';
import { credential, labUnit } from './injected-units.ts';

/** Where the guest has the directory that `phyllome run --share` gives it. */
export const sharedAt = '/mnt/share';

const mount = `modprobe -a 9pnet_virtio 9p
mkdir -p ${sharedAt}
mountpoint -q ${sharedAt} || mount -t 9p -o trans=virtio,version=9p2000.L,msize=262144 ${shareTag} ${sharedAt}
`;

/** SMBIOS type 11 strings that have an unmodified image mount it. */
export function shareCredentials(): string[] {
  const unit = 'phyllome-lab-share.service';
  return [
    credential(`systemd.extra-unit.${unit}`, labUnit('Phyllome lab: shared directory', '', mount)),
    credential('systemd.unit-dropin.multi-user.target', `[Unit]\nWants=${unit}\n`),
  ];
}
