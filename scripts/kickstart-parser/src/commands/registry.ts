import { ACCESS_COMMANDS } from './access.ts';
import type { AnyBehaviour } from './behaviour.ts';
import { CONTROL_COMMANDS } from './control.ts';
import { DISK_COMMANDS } from './disks.ts';
import { LVM_COMMANDS } from './lvm.ts';
import { network } from './network.ts';
import { PARTITION_COMMANDS } from './partitions.ts';
import { SOURCE_COMMANDS } from './sources.ts';
import { SYSTEM_COMMANDS } from './system.ts';

/** What is particular to each command, by name in the model. */
export const BEHAVIOURS: Readonly<Record<string, AnyBehaviour>> = {
  ...ACCESS_COMMANDS,
  ...CONTROL_COMMANDS,
  ...DISK_COMMANDS,
  ...LVM_COMMANDS,
  network,
  ...PARTITION_COMMANDS,
  ...SOURCE_COMMANDS,
  ...SYSTEM_COMMANDS,
};
