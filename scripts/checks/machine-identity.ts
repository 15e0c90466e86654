import { type Check, failed, passed } from './check.ts';

/** Where the image's own, read-only root file system may be found beneath the running one, by initramfs tool. */
const lowerLayers = ['/run/rootfsbase', '/run/live/rootfs/filesystem.squashfs', '/run/initramfs/squashfs'];

export const machineIdentity: Check = {
  id: 'machine-identity',
  title: 'the image carries no identity',
  proves:
    'In the read-only layer that all machines share, /etc/machine-id is empty or absent, and there are no ssh host keys, random seed or swtpm CA keys. On a disk image these are younger than the image.',
  core: true,
  async run({ guest, expect }) {
    if (expect.image.kind === 'disk') return judgeDisk((await guest.run(madeWithTheDisk)).stdout);
    const layers = lowerLayers.map((layer) => `'${layer}'`).join(' ');
    const { stdout } = await guest.run(`for layer in ${layers}; do
  [ -d "$layer/etc" ] || continue
  echo "layer $layer"
  printf 'machine-id '; head -c 40 "$layer/etc/machine-id" 2>/dev/null | tr -d '\\n'; echo
  ls -d "$layer"/etc/ssh/ssh_host_*_key "$layer"/var/lib/systemd/random-seed "$layer"/var/lib/swtpm-localca/?* 2>/dev/null
  break
done; true`);
    const lines = stdout.trimEnd().split('\n');
    return judgeIdentity(lines);
  },
};

/** /etc/fstab is written when the disk is made; what is not younger came with it. */
const madeWithTheDisk = `for file in /etc/machine-id /etc/ssh/ssh_host_*_key /var/lib/systemd/random-seed /var/lib/swtpm-localca/?*; do
  [ ! -e "$file" ] || [ "$file" -nt /etc/fstab ] || echo "$file"
done`;

/** Paths of what identifies a machine and came with the image, one a line. */
export function judgeDisk(stdout: string) {
  const shared = stdout.split('\n').filter((line) => line !== '');
  return shared.length === 0
    ? passed('all that identifies this machine was made by it')
    : failed(shared.map((path) => `${path} came with the image`).join('; '));
}

/** `layer PATH`, `machine-id VALUE`, then paths of secrets. */
export function judgeIdentity(lines: readonly string[]) {
  const layer = lines.find((line) => line.startsWith('layer '))?.slice('layer '.length);
  if (layer === undefined) {
    return failed('the read-only layer of the image was not found', [`looked for ${lowerLayers.join(', ')}`]);
  }
  const machineId =
    lines
      .find((line) => line.startsWith('machine-id '))
      ?.slice('machine-id '.length)
      .trim() ?? '';
  const secrets = lines.filter((line) => line.startsWith('/'));
  const problems = [
    ...(machineId === '' || machineId === 'uninitialized' ? [] : ['/etc/machine-id is set in the image']),
    ...secrets.map((path) => `${path.slice(layer.length)} is in the image`),
  ];
  return problems.length === 0
    ? passed(`none found in ${layer}`, [`machine-id: ${machineId === '' ? '(empty or absent)' : machineId}`])
    : failed(problems.join('; '));
}
