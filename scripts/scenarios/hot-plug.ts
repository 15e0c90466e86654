import { type Check, failed, passed } from '../checks/index.ts';
import { deviceKind } from '../lab/index.ts';
import { pciDevices } from './pci.ts';
import type { Scenario } from './scenario.ts';

const plugged = 'edu';

const pluggedIn: Check = {
  id: 'hot-plug',
  title: 'a device can be plugged in and out',
  proves:
    'A PCI Express device that is plugged into a running host appears with an IOMMU group of its own, and goes away again.',
  needs: { machine: ['free-port', 'iommu'] },
  changesState: true,
  async run({ guest, machine }) {
    const { pciId } = deviceKind(plugged);
    const count = async () => (await pciDevices(guest)).filter(({ id }) => id === pciId);
    const before = await count();
    const shell = (comparison: string) =>
      `[ "$(cat /sys/bus/pci/devices/*/device | grep -c '^0x${pciId.slice(5)}$')" ${comparison} ]`;
    const device = await machine.hotplug(plugged);
    await guest.waitFor('the device', shell(`-gt ${before.length}`), 60);
    const now = await count();
    const evidence = now.map(({ address, id, group }) => `${address} ${id} group ${group}`);
    await device.unplug();
    await guest.waitFor('its absence', shell(`-eq ${before.length}`), 60);
    return now.some(({ group }) => group !== '')
      ? passed('it came and went', evidence)
      : failed('it has no IOMMU group', evidence);
  },
};

export const hotPlug: Scenario = {
  id: 'hot-plug',
  title: 'a device is plugged into the running host',
  proves: 'PCI Express hot-plug works, up to the IOMMU group that a hand-over needs.',
  topologies: ['vfio-isolated'],
  checks: [pluggedIn],
};
