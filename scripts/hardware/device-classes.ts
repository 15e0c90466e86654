/** Class codes by the names that lspci prints for them without `-nn` (pci.ids), where somebody's listing has no number. */
const NAMES: readonly (readonly [name: string, code: string])[] = [
  ['VGA compatible controller', '0300'],
  ['3D controller', '0302'],
  ['Display controller', '0380'],
  ['Audio device', '0403'],
  ['Multimedia audio controller', '0401'],
  ['Multimedia controller', '0480'],
  ['USB controller', '0c03'],
  ['SMBus', '0c05'],
  ['Serial bus controller', '0c80'],
  ['Ethernet controller', '0200'],
  ['Network controller', '0280'],
  ['Non-Volatile memory controller', '0108'],
  ['SATA controller', '0106'],
  ['RAID bus controller', '0104'],
  ['Serial Attached SCSI controller', '0107'],
  ['IDE interface', '0101'],
  ['Host bridge', '0600'],
  ['ISA bridge', '0601'],
  ['PCI bridge', '0604'],
  ['Signal processing controller', '1180'],
  ['Encryption controller', '1080'],
  ['Communication controller', '0780'],
  ['Serial controller', '0700'],
  ['System peripheral', '0880'],
  ['IOMMU', '0806'],
  ['SD Host controller', '0805'],
  ['RAM memory', '0500'],
  ['Memory controller', '0580'],
  ['Processing accelerators', '1200'],
  ['Non-Essential Instrumentation', '1300'],
];

/** The four digits of a class by lspci's name for it; undefined for a name that is not known. */
export function classByName(text: string): string | undefined {
  return NAMES.find(([name]) => text.toLowerCase().startsWith(name.toLowerCase()))?.[1];
}

/** Classes as `lshw -businfo` names them. It says less: the description helps. */
export function classByLshw(name: string, description: string): string {
  if (name === 'display') return '0300';
  if (name === 'multimedia' || name === 'sound') return '0403';
  if (name === 'network') return /wireless|wi-?fi|wlan/i.test(description) ? '0280' : '0200';
  if (name === 'bridge')
    return /isa|lpc/i.test(description) ? '0601' : /host|root complex/i.test(description) ? '0600' : '0604';
  if (name === 'storage' || name === 'disk') return /nvme|non-volatile/i.test(description) ? '0108' : '0106';
  if (name === 'bus') return /smbus|sm bus/i.test(description) ? '0c05' : '0c03';
  if (name === 'communication') return '0780';
  return '0880';
}

/** Classes by the sections of inxi, which prints numbers only when it is asked for many details; undefined for others. */
export function classByInxi(section: string, entry: string): string | undefined {
  if (section === 'Graphics') return '0300';
  if (section === 'Audio') return '0403';
  if (section === 'Network') return classByLshw('network', entry.replace(/802\.11\S*/, 'wireless'));
  if (section === 'RAID') return '0104';
  return undefined;
}
