import path from 'node:path';
import type { Named } from './running-faults.ts';

/** A user's own directory, with a flavour whose components have these faults. */
export const ownDirectory = path.join(import.meta.dirname, 'own');
/** A machine with a network card to hand over. */
export const ownTopology = path.join(ownDirectory, 'hand-over-one.yaml');

/** Faults in the sources of an image: the report leads to the file and the component that have them. */
export const ownFaults: readonly Named[] = [
  {
    id: 'component-unit-fails',
    fault: 'a unit of a component that fails',
    code: 'console-unit-failed',
    cause:
      /almanac\.service[\s\S]*owner of almanac\.service: component almanac \(\S*overlays\/almanac\/component\.yaml:6\)[\s\S]*no tables for the moon/,
  },
  {
    id: 'apparmor-denial',
    fault: 'a profile that denies a service its own file',
    code: 'console-access-denied',
    cause:
      /profile="\/usr\/libexec\/ledger" name="\/usr\/share\/ledger\/book"[\s\S]*owner of \/etc\/apparmor\.d\/usr\.libexec\.ledger: component ledger \(\S*overlays\/ledger\/rootfs\/etc\/apparmor\.d\/usr\.libexec\.ledger:1\)/,
  },
  {
    id: 'vfio-ids-missing',
    fault: 'an initramfs without the ids of the devices to hand over',
    code: 'check-handed-over',
    cause:
      /0000:01:00\.0 \(8086:10d3\): e1000e instead of vfio-pci; \/etc\/dracut\.conf\.d\/95-lean\.conf:1 leaves out[\s\S]*component lean-initramfs/,
  },
];
