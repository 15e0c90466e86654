import type { DeviceEntry } from './source-files.ts';

/** How the class codes of a kind of device begin; undefined where any will do. */
const CLASSES: Readonly<Record<DeviceEntry['kind'], string | undefined>> = {
  graphics: '03',
  audio: '04',
  usb: '0c03',
  network: '02',
  wireless: '0280',
  nvme: '0108',
  sata: '0106',
  other: undefined,
};

/** The device in the words of `/etc/phyllome/hand-over`; undefined where the entry does not say which it is. */
export function selectorOf({ address, id, slot, kind }: DeviceEntry): string | undefined {
  if (address !== undefined) return id === undefined ? address : `${address}=${id}`;
  if (slot !== undefined) {
    const kept = id ?? (CLASSES[kind] === undefined ? undefined : `class:${CLASSES[kind]}`);
    return kept === undefined ? `${slot}.*` : `${slot}.*=${kept}`;
  }
  return id;
}

/** The component that loads vfio-pci before the drivers of a vendor's graphics cards. */
export function graphicsComponent({ kind, id }: DeviceEntry): string | undefined {
  if (kind !== 'graphics') return undefined;
  const vendor = id?.slice(0, 4) ?? '';
  return { '1002': 'gpu-amd', '8086': 'gpu-intel', '10de': 'gpu-nvidia' }[vendor] ?? 'gpu-hand-over';
}
