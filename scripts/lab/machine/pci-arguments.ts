import { deviceKind, type HandedOverDevice } from './devices.ts';
import type { RootPort, Topology } from './topology.ts';

/**
 * The IOMMU has to come before any other device: only those behind it are translated.
 * No interrupt remapping unless asked for: with it, a kernel whose first timer ticks come late gives up instead of trying
 * another way. Under TCG on a busy computer six boots of eight ended so; without it none did.
 */
export function iommuArguments({ iommu, interruptRemapping }: Topology): string[] {
  const remapping = `intremap=${interruptRemapping ? 'on' : 'off'}`;
  if (iommu === 'intel') return ['-device', `intel-iommu,${remapping},caching-mode=on`];
  if (iommu === 'amd') return ['-device', `amd-iommu,${remapping}`];
  return iommu === 'virtio' ? ['-device', 'virtio-iommu-pci'] : [];
}

/** QEMU's id of the bus behind a root port. */
export const portId = (index: number): string => `port${index}`;

/** Slot of the root complex whose functions the ports without access control services are. */
const chipsetSlot = '0x10';

/** Root ports with what is in them. Chassis and slot numbers must be unique; only the guest's hot-plug driver reads them. */
export function portArguments(ports: readonly RootPort[]): string[] {
  let number = 0;
  let chipsetFunction = 0;
  const numbers = () => {
    number += 1;
    return `chassis=${number},slot=${number}`;
  };
  return ports.flatMap((port, index) => {
    const id = portId(index);
    const place = port.acs ? '' : `,disable-acs=on,multifunction=on,addr=${chipsetSlot}.${chipsetFunction++}`;
    const downstream = port.switchSlots.flatMap((devices, slot) => [
      '-device',
      `xio3130-downstream,id=${id}-${slot},bus=${id}-switch,${numbers()}`,
      ...slotArguments(`${id}-${slot}`, devices),
    ]);
    return [
      '-device',
      `pcie-root-port,id=${id},${numbers()}${place}`,
      ...(downstream.length > 0 ? ['-device', `x3130-upstream,id=${id}-switch,bus=${id}`] : []),
      ...downstream,
      ...slotArguments(id, port.devices),
    ];
  });
}

function slotArguments(bus: string, devices: readonly HandedOverDevice[]): string[] {
  return devices.flatMap((device, index) => {
    const kind = deviceKind(device);
    const id = `${bus}-device${index}`;
    const node = `${id}-drive`;
    const place = `bus=${bus},addr=0x0.${index}${devices.length > 1 ? ',multifunction=on' : ''}`;
    const settings = kind.settings === undefined ? '' : `,${kind.settings}`;
    // An NVMe controller wants a drive: one that holds nothing but zeros.
    const drive = device === 'nvme' ? `,drive=${node}` : '';
    return [
      ...(device === 'nvme'
        ? ['-blockdev', JSON.stringify({ driver: 'null-co', 'node-name': node, size: 2 ** 26, 'read-zeroes': true })]
        : []),
      '-device',
      `${kind.driver},id=${id},${place}${drive}${settings}`,
    ];
  });
}
