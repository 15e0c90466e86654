import { type Check, failed, passed } from '../checks/index.ts';
import { deviceKind, devicesBehind, type HandedOverDevice, isolatedGroups, type Topology } from '../lab/index.ts';
import { type PciDevice, pciDevices, touchedBefore } from './pci.ts';
import type { Scenario } from './scenario.ts';

/** The ids that the kernel is told to hand over. */
function idsToHandOver({ medium }: Topology): ReadonlySet<string> {
  const named = 'kernelArguments' in medium ? medium.kernelArguments : [];
  const list = named.find((argument) => argument.startsWith('vfio-pci.ids='))?.slice('vfio-pci.ids='.length);
  return new Set(list?.split(',') ?? []);
}

const boundByVfio: Check = {
  id: 'bound-by-vfio',
  title: 'devices to hand over belong to vfio-pci',
  proves:
    'Every device that a profile names is bound to vfio-pci, which took it before the root file system was there; the others have the drivers they had.',
  needs: { machine: ['iommu', 'devices-to-hand-over'], components: ['vfio'] },
  async run({ guest, machine }) {
    const ids = idsToHandOver(machine.topology);
    const devices = await pciDevices(guest);
    const named = devices.filter((device) => ids.has(device.id));
    const others = devices.filter((device) => !ids.has(device.id) && device.driver === 'vfio-pci');
    const { stdout } = await guest.run(
      `journalctl -b -o short-monotonic --no-pager | grep -E 'vfio_pci: add|initrd-switch-root|Switching root' | head -n 20; true`,
    );
    const order = stdout.trimEnd().split('\n');
    const added = order.findIndex((line) => line.includes('vfio_pci: add'));
    const switched = order.findIndex((line) => /Switching root|initrd-switch-root/.test(line));
    const evidence = [...named.map(describe), ...order];
    const loose = named.filter((device) => device.driver !== 'vfio-pci');
    if (named.length < ids.size) return failed(`only ${named.length} of ${ids.size} named devices are there`, evidence);
    if (loose.length > 0) return failed(`${loose.map(describe).join('; ')}: not with vfio-pci`, evidence);
    if (others.length > 0) return failed(`vfio-pci also took ${others.map(describe).join('; ')}`, evidence);
    if (added === -1 || (switched !== -1 && added > switched))
      return failed('vfio-pci came after the initramfs', evidence);
    return passed(`all ${named.length} are, from the initramfs`, evidence);
  },
};

const neverTouched: Check = {
  id: 'never-touched',
  title: 'no other driver ever touched them',
  proves: 'The journal of the boot, kernel included, holds no line of another driver about a device to hand over.',
  needs: { machine: ['iommu', 'devices-to-hand-over'], components: ['vfio'] },
  async run({ guest, machine }) {
    const ids = idsToHandOver(machine.topology);
    const named = (await pciDevices(guest)).filter((device) => ids.has(device.id));
    const touched: string[] = [];
    for (const device of named) touched.push(...(await touchedBefore(guest, device.address)));
    return touched.length === 0
      ? passed(`not one line about ${named.map(({ address }) => address).join(', ')}`)
      : failed(`another driver was there: ${touched[0]}`, touched);
  },
};

const remappingActive: Check = {
  id: 'dma-remapping',
  title: 'DMA is remapped',
  proves: 'The kernel turned the IOMMU on: it is in sysfs with the devices behind it, and the kernel says so.',
  needs: { machine: ['iommu'] },
  async run({ guest }) {
    const { stdout } = await guest.run(`for unit in /sys/class/iommu/*; do
  [ -d "$unit" ] && echo "\${unit##*/} $(ls "$unit/devices" 2>/dev/null | wc -l)"
done
journalctl -b -k -o cat --no-pager | grep -E 'DMAR: Intel|AMD-Vi: .*[Ee]nabled|AMD-Vi: .*[Ii]nterrupt|iommu: Default domain|virtio_iommu' ; true`);
    const evidence = stdout.trimEnd().split('\n');
    const units = evidence.filter((line) => /^\S+ [1-9]\d*$/.test(line));
    return units.length > 0
      ? passed(`${units.map((line) => line.split(' ').join(' with ')).join(', ')} devices`, evidence)
      : failed('no IOMMU is at work', evidence);
  },
};

const groupsToldTruly: Check = {
  id: 'iommu-isolation',
  title: 'isolation is told as it is',
  proves:
    'The IOMMU groups of the devices to hand over are those that the hardware of the lab machine makes: apart where it keeps them apart, together where it does not.',
  needs: { machine: ['iommu', 'devices-to-hand-over'] },
  async run({ guest, machine }) {
    const wanted = isolatedGroups(machine.topology)
      .map((group) => idsOf(group).join(' '))
      .sort();
    const ids = new Set(idsOf(machine.topology.ports.flatMap(devicesBehind)));
    const groups = new Map<string, PciDevice[]>();
    for (const device of await pciDevices(guest)) {
      if (!ids.has(device.id) || onRootBus(device.address)) continue;
      groups.set(device.group, [...(groups.get(device.group) ?? []), device]);
    }
    const seen = [...groups.values()]
      .map((group) =>
        group
          .map(({ id }) => id)
          .sort()
          .join(' '),
      )
      .sort();
    const evidence = [...groups].map(([group, devices]) => `group ${group}: ${devices.map(describe).join(', ')}`);
    return seen.join('; ') === wanted.join('; ')
      ? passed(`${seen.length} groups, as the hardware makes them`, evidence)
      : failed(`groups ${seen.join('; ')} instead of ${wanted.join('; ')}`, evidence);
  },
};

const idsOf = (devices: readonly HandedOverDevice[]): string[] => devices.map((d) => deviceKind(d).pciId).sort();
const describe = ({ address, id, driver, group }: PciDevice): string =>
  `${address} ${id} (${driver || 'no driver'}, group ${group})`;
/** The lab's own devices; what is to be handed over is behind a port. */
const onRootBus = (address: string): boolean => /^0000:00:/.test(address);

export const vfio: Scenario = {
  id: 'vfio',
  title: 'devices are handed over',
  proves:
    'With an emulated IOMMU, the devices of a profile are with vfio-pci from the initramfs on and no other driver touches them; isolation is told truly on a topology that isolates and on one that does not.',
  topologies: ['vfio-isolated', 'vfio-shared'],
  needs: { image: ['live-iso'], components: ['vfio'] },
  checks: [boundByVfio, neverTouched, remappingActive, groupsToldTruly],
};

export const otherIommus: Scenario = {
  id: 'other-iommus',
  title: "AMD's and virtio's IOMMU",
  proves: 'On machines with the IOMMU of AMD or of a cloud, DMA is remapped and the devices behind ports are isolated.',
  topologies: ['amd-iommu', 'virtio-iommu'],
  needs: { components: ['vfio'] },
  checks: [remappingActive, groupsToldTruly],
};
