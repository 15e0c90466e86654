import { type Check, failed, passed } from './check.ts';

export const vfioLoaded: Check = {
  id: 'vfio-loaded',
  title: 'vfio-pci is loaded',
  proves: 'The vfio-pci driver is in the running kernel and registered on the PCI bus, so devices can be bound to it.',
  async run({ guest }) {
    const { stdout } =
      await guest.run(`ls -d /sys/module/vfio_pci /sys/module/vfio_iommu_type1 /sys/bus/pci/drivers/vfio-pci 2>/dev/null
journalctl -b -k -o short-monotonic --no-pager 2>/dev/null | grep -m1 -i 'vfio' ; true`);
    const evidence = stdout
      .trimEnd()
      .split('\n')
      .filter((line) => line !== '');
    const missing = ['/sys/module/vfio_pci', '/sys/bus/pci/drivers/vfio-pci'].filter(
      (path) => !evidence.includes(path),
    );
    return missing.length === 0
      ? passed('the driver is registered', evidence)
      : failed(`missing: ${missing.join(', ')}`, evidence);
  },
};
