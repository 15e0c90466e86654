import type { Dump } from './dump.ts';

/** What can be wrong in a firmware set-up for a host of virtual machines. */
export type FirmwareSetting = 'virtualization' | 'iommu' | 'first-screen' | 'sr-iov';

/** A setting as its vendor names it, and the way to it. */
export interface NamedSetting {
  readonly name: string;
  /** Absent where the vendor has it at another place in each model. */
  readonly menu?: string;
  /** Where the vendor, or somebody who looked, says so. Without one the menu is told as a guess. */
  readonly source?: string;
}

type Settings = Partial<Readonly<Record<FirmwareSetting, NamedSetting>>>;

interface Maker {
  readonly name: string;
  /** What `sys_vendor` or `board_vendor` begins with, in lower case. */
  readonly known: readonly string[];
  readonly intel?: Settings;
  readonly amd?: Settings;
}

const cbs = (menu: string): NamedSetting => ({ name: 'IOMMU', menu: `${menu} › AMD CBS › NBIO Common Options` });

const asusManual =
  'ROG Maximus XII Formula BIOS manual, 6.2 and 6.3; informatiweb.net, enable-iommu-or-vt-d-in-your-bios';
const lenovoDocs = 'docs.lenovocdrt.com/ref/bios/settings/thinkpad/virtualization';
const supermicroManual = 'Supermicro X11DDW-L manual, page 93; for the way, serveraide.com on the X10SRL-F';

/** Makers whose names we know. Menus move between models: the name is what to look for. */
const MAKERS: readonly Maker[] = [
  {
    name: 'ASUS',
    known: ['asus'],
    intel: {
      virtualization: {
        name: 'Intel (VMX) Virtualization Technology',
        menu: 'Advanced › CPU Configuration',
        source: asusManual,
      },
      iommu: { name: 'VT-d', menu: 'Advanced › System Agent (SA) Configuration', source: asusManual },
      'first-screen': {
        name: 'Primary Display',
        menu: 'Advanced › System Agent (SA) Configuration › Graphics Configuration',
      },
    },
    amd: {
      virtualization: { name: 'SVM Mode', menu: 'Advanced › CPU Configuration' },
      iommu: cbs('Advanced'),
      'first-screen': { name: 'Primary Video Device' },
    },
  },
  {
    name: 'Gigabyte',
    known: ['gigabyte'],
    intel: {
      virtualization: { name: 'Intel Virtualization Technology' },
      iommu: { name: 'VT-d' },
      'first-screen': { name: 'Initial Display Output' },
    },
    amd: {
      virtualization: { name: 'SVM Mode', menu: 'Tweaker › Advanced CPU Settings' },
      iommu: { name: 'IOMMU', menu: 'Settings › Miscellaneous' },
      'first-screen': { name: 'Initial Display Output', menu: 'Settings › IO Ports' },
    },
  },
  {
    name: 'MSI',
    known: ['micro-star', 'msi'],
    intel: {
      virtualization: { name: 'Intel Virtualization Tech', menu: 'OC › CPU Features' },
      iommu: { name: 'Intel VT-D Tech', menu: 'OC › CPU Features' },
      'first-screen': { name: 'Initiate Graphic Adapter' },
    },
    amd: {
      virtualization: { name: 'SVM Mode', menu: 'OC › CPU Features' },
      iommu: cbs('OC'),
      'first-screen': { name: 'Initiate Graphic Adapter' },
    },
  },
  {
    name: 'ASRock',
    known: ['asrock'],
    intel: {
      virtualization: { name: 'Intel Virtualization Technology', menu: 'Advanced › CPU Configuration' },
      iommu: { name: 'VT-d', menu: 'Advanced › Chipset Configuration' },
      'first-screen': { name: 'Primary Graphics Adapter', menu: 'Advanced › Chipset Configuration' },
    },
    amd: {
      virtualization: { name: 'SVM Mode', menu: 'Advanced › CPU Configuration' },
      iommu: cbs('Advanced'),
    },
  },
  {
    name: 'Lenovo',
    known: ['lenovo'],
    intel: {
      virtualization: {
        name: 'Intel (R) Virtualization Technology',
        menu: 'Security › Virtualization',
        source: lenovoDocs,
      },
      iommu: { name: 'Intel (R) VT-d Feature', menu: 'Security › Virtualization', source: lenovoDocs },
    },
    amd: { virtualization: { name: 'AMD-V', menu: 'Security › Virtualization', source: lenovoDocs } },
  },
  {
    name: 'Dell',
    known: ['dell'],
    intel: {
      virtualization: {
        name: 'Virtualization Technology',
        menu: 'Virtualization Support, on servers Processor Settings',
      },
      iommu: {
        name: 'VT for Direct I/O',
        menu: 'Virtualization Support; on servers part of Virtualization Technology',
      },
      'sr-iov': { name: 'SR-IOV Global Enable', menu: 'Integrated Devices' },
    },
    amd: {
      virtualization: {
        name: 'Virtualization Technology',
        menu: 'Virtualization Support, on servers Processor Settings',
      },
      'sr-iov': { name: 'SR-IOV Global Enable', menu: 'Integrated Devices' },
    },
  },
  {
    name: 'HP',
    known: ['hp', 'hewlett'],
    intel: {
      virtualization: { name: 'Virtualization Technology (VTx)' },
      iommu: { name: 'Virtualization Technology for Directed I/O (VTd)' },
      'sr-iov': { name: 'SR-IOV' },
    },
    amd: { virtualization: { name: 'SVM CPU Virtualization' }, 'sr-iov': { name: 'SR-IOV' } },
  },
  {
    name: 'Supermicro',
    known: ['supermicro', 'super micro'],
    intel: {
      virtualization: { name: 'Intel Virtualization Technology', menu: 'Advanced › CPU Configuration' },
      iommu: {
        name: 'Intel VT for Directed I/O (VT-d)',
        menu: 'Advanced › Chipset Configuration › North Bridge',
        source: supermicroManual,
      },
      'sr-iov': { name: 'SR-IOV Support', menu: 'Advanced › PCIe/PCI/PnP Configuration' },
    },
    amd: {
      virtualization: { name: 'SVM Mode', menu: 'Advanced › CPU Configuration' },
      iommu: { name: 'IOMMU', menu: 'Advanced › NB Configuration' },
      'sr-iov': { name: 'SR-IOV Support', menu: 'Advanced › PCIe/PCI/PnP Configuration' },
    },
  },
  {
    name: 'Intel',
    known: ['intel'],
    intel: {
      virtualization: { name: 'Intel Virtualization Technology', menu: 'Security › Security Features' },
      iommu: { name: 'Intel VT for Directed I/O (VT-d)', menu: 'Security › Security Features' },
    },
  },
];

/** What most vendors call it. */
const COMMON: Readonly<Record<'intel' | 'amd', Readonly<Record<FirmwareSetting, NamedSetting>>>> = {
  intel: {
    virtualization: { name: 'Intel Virtualization Technology (VT-x, VMX)', menu: 'CPU or Security' },
    iommu: { name: 'VT-d (Intel VT for Directed I/O)', menu: 'System Agent, Chipset or Security' },
    'first-screen': { name: 'Primary Display (or Initial Display Output)' },
    'sr-iov': { name: 'SR-IOV Support' },
  },
  amd: {
    virtualization: { name: 'SVM Mode (AMD-V)', menu: 'CPU' },
    iommu: { name: 'IOMMU (AMD-Vi)', menu: 'AMD CBS › NBIO Common Options' },
    'first-screen': { name: 'Primary Video Device (or Initial Display Output)' },
    'sr-iov': { name: 'SR-IOV Support' },
  },
};

/**
 * How to find a setting on this computer: `in the firmware set-up of ASUS: Advanced › CPU Configuration › VT-d`; where
 * nobody has confirmed the way to it, `in the firmware set-up of MSI: SVM Mode, probably under OC › CPU Features`.
 */
export function whereIs(setting: FirmwareSetting, { computer, processor }: Dump): string {
  const brand = processor.vendor === 'AuthenticAMD' ? 'amd' : 'intel';
  // A board of one's own choice has its maker's firmware; a ready-made computer that of its own.
  const maker = [computer.vendor, computer['board-vendor']]
    .map((vendor) => MAKERS.find(({ known }) => known.some((start) => vendor?.toLowerCase().startsWith(start))))
    .find((found) => found?.[brand]?.[setting]);
  const named = maker?.[brand]?.[setting] ?? COMMON[brand][setting];
  const of = maker ? ` of ${maker.name}` : '';
  const { name, menu, source } = named;
  if (menu === undefined) return `in the firmware set-up${of}: ${name}`;
  return source === undefined
    ? `in the firmware set-up${of}: ${name}, probably under ${menu}`
    : `in the firmware set-up${of}: ${menu} › ${name}`;
}
