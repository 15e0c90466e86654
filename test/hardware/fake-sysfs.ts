import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

export interface FakeDevice {
  /** The way from the root bus: `0000:00:01.0/0000:01:00.0` lies behind the bridge 00:01.0. */
  readonly path: string;
  readonly id: string;
  readonly class: string;
  readonly driver?: string;
  readonly group?: number;
  readonly files?: Readonly<Record<string, string>>;
}

/** A directory like /sys with these PCI devices. */
export function fakeSysfs(devices: readonly FakeDevice[]): string {
  const root = mkdtempSync(path.join(tmpdir(), 'phyllome-sysfs-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const link = (target: string, name: string) => {
    mkdirSync(path.dirname(name), { recursive: true });
    symlinkSync(path.relative(path.dirname(name), target), name);
  };
  for (const { path: way, id, class: kind, driver, group, files = {} } of devices) {
    const address = path.basename(way);
    const directory = path.join(root, 'devices/pci0000:00', way);
    mkdirSync(directory, { recursive: true });
    const [vendor, device] = id.split(':');
    const all = {
      vendor: `0x${vendor}`,
      device: `0x${device}`,
      class: `0x${kind}`,
      driver_override: '(null)',
      ...files,
    };
    for (const [name, text] of Object.entries(all)) {
      mkdirSync(path.dirname(path.join(directory, name)), { recursive: true });
      writeFileSync(path.join(directory, name), `${text}\n`);
    }
    link(directory, path.join(root, 'bus/pci/devices', address));
    if (driver !== undefined) {
      const of = path.join(root, 'bus/pci/drivers', driver);
      mkdirSync(of, { recursive: true });
      writeFileSync(path.join(of, 'unbind'), '');
      link(of, path.join(directory, 'driver'));
    }
    if (group !== undefined) {
      const of = path.join(root, 'kernel/iommu_groups', String(group));
      link(directory, path.join(of, 'devices', address));
      link(of, path.join(directory, 'iommu_group'));
    }
  }
  return root;
}
