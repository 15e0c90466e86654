import { type Check, type CheckOutcome, failed, passed } from './check.ts';

const NOTHING = 'there is no such device';

/** dracut's configuration where it leaves out what hands devices over, as FILE:LINE:TEXT. */
const leftOut =
  'grep -Hns "^[^#]*omit_dracutmodules.*phyllome-hand-over" /etc/dracut.conf.d/*.conf /usr/lib/dracut/dracut.conf.d/*.conf; true';

export const handedOver: Check = {
  id: 'handed-over',
  title: 'devices for guests are with vfio-pci',
  proves: 'Every device that /etc/phyllome/hand-over names is bound to vfio-pci, as sysfs tells it.',
  async run({ guest }) {
    const { stdout } = await guest.run(
      '[ ! -e /etc/phyllome/hand-over ] || /usr/libexec/phyllome-hand-over --check 2>&1; true',
    );
    const lines = stdout.split('\n').filter((line) => line !== '');
    if (lines.length === 0) return passed('no device is named');
    const wrong = lines.filter((line) => !line.endsWith(': vfio-pci'));
    if (wrong.length === 0) return passed(`all ${lines.length} are`, lines);
    if (lines.every((line) => line.includes(NOTHING))) return elsewhere(lines);
    const omitted = (await guest.run(leftOut)).stdout.split('\n').filter((line) => line !== '');
    const place = /^[^:]+:\d+/.exec(omitted[0] ?? '')?.[0];
    const why = place === undefined ? '' : `; ${place} leaves out of the initramfs what would have handed them over`;
    return failed(`${wrong.join('; ')}${why}`, [...lines, ...omitted]);
  },
};

/** An image for one computer is tested on another, too. */
function elsewhere(evidence: readonly string[]): CheckOutcome {
  return { status: 'skipped', summary: 'the image is for another computer: none of its devices is here', evidence };
}
