import type { Dump, PciFunction } from './dump.ts';

/** A component that the hardware wants, and for what. */
export interface NeededComponent {
  readonly name: string;
  readonly why: string;
}

interface Rule {
  readonly component: string;
  readonly why: string;
  readonly fits: (device: PciFunction) => boolean;
}

const vendorOf = ({ id }: PciFunction): string => id.slice(0, 4);
const isOf =
  (...classes: readonly string[]) =>
  (device: PciFunction) =>
    classes.some((code) => device.class.startsWith(code));
const isWired = (device: PciFunction): boolean => isOf('0200')(device);

/** Makers whose wired cards load a program into the card: Realtek, Broadcom, QLogic, and Intel's of 100 Gb/s. */
const WIRED_WITH_FIRMWARE = ['10ec', '14e4', '1077'];
const INTEL_ICE = /^8086:(?:15(?:9[1-9a-f])|188[a-f]|189[0-9a-f])$/;

/** Graphics that a guest gets needs its firmware there, and not on the host. */
const RULES: readonly Rule[] = [
  {
    component: 'firmware-wired',
    why: 'wired network',
    fits: (device) =>
      isWired(device) &&
      (device.wantsFirmware || WIRED_WITH_FIRMWARE.includes(vendorOf(device)) || INTEL_ICE.test(device.id)),
  },
  { component: 'firmware-wireless', why: 'Wi-Fi', fits: isOf('0280') },
  {
    component: 'firmware-gpu-amd',
    why: 'AMD graphics',
    fits: (device) => isOf('03')(device) && vendorOf(device) === '1002',
  },
  {
    component: 'firmware-gpu-intel',
    why: 'Intel graphics',
    fits: (device) => isOf('03')(device) && vendorOf(device) === '8086',
  },
  {
    component: 'firmware-gpu-nvidia',
    why: 'NVIDIA graphics',
    fits: (device) => isOf('03')(device) && vendorOf(device) === '10de',
  },
  // Sound processors: class 0401, or a driver of Sound Open Firmware.
  {
    component: 'firmware-sound',
    why: 'sound',
    fits: (device) => isOf('0401')(device) || device.driver?.includes('sof') === true,
  },
];

/** The components with firmware and microcode that this computer wants; `handedOver` is left out: guests bring their own. */
export function neededComponents(dump: Dump, handedOver: readonly PciFunction[] = []): readonly NeededComponent[] {
  const isGuest = (dump.processor.flags ?? '').split(' ').includes('hypervisor');
  const brand = { AuthenticAMD: 'amd', GenuineIntel: 'intel' }[dump.processor.vendor ?? ''];
  const microcode = brand === undefined || isGuest ? [] : [{ name: `cpu-${brand}`, why: 'microcode of the processor' }];
  const own = dump.functions.filter((device) => !handedOver.includes(device));
  const firmware = RULES.flatMap(({ component, why, fits }) => {
    const device = own.find(fits);
    return device ? [{ name: component, why: `${why} ${device.id}`.trim() }] : [];
  });
  return [...microcode, ...firmware];
}
