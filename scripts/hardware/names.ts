import type { PciFunction } from './dump.ts';

const VENDORS: Readonly<Record<string, string>> = {
  '1002': 'AMD',
  '1022': 'AMD',
  '10de': 'NVIDIA',
  '10ec': 'Realtek',
  '12d8': 'Pericom',
  '1234': 'QEMU',
  '1344': 'Micron',
  '144d': 'Samsung',
  '14c3': 'MediaTek',
  '14e4': 'Broadcom',
  '15b3': 'Mellanox',
  '15b7': 'SanDisk',
  '168c': 'Qualcomm Atheros',
  '1912': 'Renesas',
  '1969': 'Qualcomm Atheros',
  '1a03': 'ASPEED',
  '1af4': 'virtio',
  '1b21': 'ASMedia',
  '1b36': 'QEMU',
  '1c5c': 'SK hynix',
  '1cc1': 'ADATA',
  '1d6a': 'Aquantia',
  '2646': 'Kingston',
  '8086': 'Intel',
  c0a9: 'Crucial',
};

/** Class codes, the more exact before the less exact, with what people call such a device. */
const CLASSES: readonly (readonly [code: string, name: string])[] = [
  ['0302', 'graphics (without screen outputs)'],
  ['03', 'graphics'],
  ['0403', 'sound'],
  ['0401', 'sound'],
  ['0480', 'multimedia'],
  ['0280', 'Wi-Fi'],
  ['0207', 'InfiniBand'],
  ['02', 'network'],
  ['0c0340', 'Thunderbolt'],
  ['0c03', 'USB'],
  ['0c05', 'SMBus'],
  ['0c80', 'serial bus'],
  ['0108', 'NVMe disk'],
  ['0106', 'SATA'],
  ['0107', 'SAS'],
  ['0104', 'RAID'],
  ['0101', 'IDE'],
  ['0600', 'host bridge'],
  ['0601', 'ISA bridge'],
  ['0604', 'PCI bridge'],
  ['0780', 'management engine'],
  ['0806', 'IOMMU'],
  ['0805', 'card reader'],
  ['0500', 'memory controller'],
  ['1080', 'security processor'],
  ['12', 'accelerator'],
  ['13', 'placeholder'],
];

export function kindOf({ class: code }: Pick<PciFunction, 'class'>): string {
  return CLASSES.find(([prefix]) => code.startsWith(prefix))?.[1] ?? `device of class ${code}`;
}

/** `NVIDIA graphics 10de:2684`. */
export function nameOf(device: Pick<PciFunction, 'id' | 'class'>): string {
  const vendor = VENDORS[device.id.slice(0, 4)];
  return [vendor, kindOf(device), device.id].filter((part) => part !== undefined && part !== '').join(' ');
}
