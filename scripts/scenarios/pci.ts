import type { Guest } from '../lab/index.ts';

export interface PciDevice {
  /** `0000:01:00.0` */
  readonly address: string;
  /** `vendor:device` */
  readonly id: string;
  /** IOMMU group; empty without an IOMMU. */
  readonly group: string;
  /** Empty when no driver has it. */
  readonly driver: string;
}

/** Every PCI device of the guest, as sysfs tells it. */
export async function pciDevices(guest: Guest): Promise<PciDevice[]> {
  const { stdout } = await guest.run(`name() { [ ! -e "$1" ] || basename "$(readlink "$1")"; }
for device in /sys/bus/pci/devices/*; do
  echo "\${device##*/}|$(cat "$device/vendor")|$(cat "$device/device")|$(name "$device/iommu_group")|$(name "$device/driver")"
done`);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [address = '', vendor = '', device = '', group = '', driver = ''] = line.split('|');
      return { address, id: `${vendor.slice(2)}:${device.slice(2)}`, group, driver };
    });
}

/** Lines of the journal in which a driver other than vfio-pci speaks of the device, such as `e1000e 0000:01:00.0: …`. */
export async function touchedBefore(guest: Guest, address: string): Promise<string[]> {
  return (await guest.journal({ kernel: true }))
    .map(({ message }) => message)
    .filter((message) => message.includes(address) && !/^(vfio|pci |pcieport|ACPI|DMAR|AMD-Vi|iommu)/.test(message));
}
