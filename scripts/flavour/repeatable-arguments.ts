/** Who reads a kernel argument, and where its documentation is. */
type ReadBy = 'kernel' | 'dracut' | 'systemd' | 'kmod';

interface Repeatable {
  /** Its name; `*.dyndbg` stands for that of any module. */
  readonly name: string;
  readonly by: ReadBy;
  /** What a further value adds. */
  readonly adds: string;
  /** Of these values only one can hold. */
  readonly oneOf?: readonly string[];
}

/**
 * Kernel arguments of which a further value adds to those before it: all are kept, in their order. Of every other argument
 * the last value would win, so that two values contradict each other; among these are `module_blacklist`,
 * `vfio-pci.ids` and `trace_event` (kernel 6.12), whose one value is a list.
 * Sources: Documentation/admin-guide/kernel-parameters.txt and the code that it describes (kernel 6.12), dracut.cmdline(7),
 * kernel-command-line(7) and systemd(1) of systemd 257, modprobe(8).
 */
const REPEATABLE_ARGUMENTS: readonly Repeatable[] = [
  { name: 'console', by: 'kernel', adds: 'a device for messages; the last is /dev/console' },
  { name: 'earlycon', by: 'kernel', adds: 'a device for the first messages' },
  { name: 'crashkernel', by: 'kernel', adds: 'memory above (`,high`) and below 4 GiB (`,low`)' },
  { name: 'memmap', by: 'kernel', adds: 'a region of memory' },
  { name: 'reserve', by: 'kernel', adds: 'a region that no driver looks into' },
  { name: 'initcall_blacklist', by: 'kernel', adds: 'functions that are not called' },
  { name: 'pci', by: 'kernel', adds: 'options' },
  { name: 'iommu', by: 'kernel', adds: 'options', oneOf: ['on', 'off', 'force', 'noforce', 'pt', 'nopt'] },
  { name: 'intel_iommu', by: 'kernel', adds: 'options', oneOf: ['on', 'off'] },
  { name: 'amd_iommu', by: 'kernel', adds: 'options', oneOf: ['on', 'off', 'force_enable'] },
  { name: 'acpi', by: 'kernel', adds: 'options', oneOf: ['off', 'on', 'force', 'ht'] },
  { name: 'acpi_osi', by: 'kernel', adds: 'a system that the firmware is told to be' },
  { name: 'tsc', by: 'kernel', adds: 'options' },
  { name: 'efi', by: 'kernel', adds: 'options' },
  { name: 'video', by: 'kernel', adds: 'the mode of a connector' },
  { name: 'fbcon', by: 'kernel', adds: 'options' },
  { name: 'dyndbg', by: 'kernel', adds: 'a query' },
  { name: '*.dyndbg', by: 'kernel', adds: 'a query' },
  { name: 'trace_instance', by: 'kernel', adds: 'an instance' },
  { name: 'cgroup_disable', by: 'kernel', adds: 'controllers' },
  { name: 'cgroup_no_v1', by: 'kernel', adds: 'controllers' },
  { name: 'intremap', by: 'kernel', adds: 'options', oneOf: ['on', 'off'] },
  { name: 'ivrs_ioapic', by: 'kernel', adds: 'the place of an IO-APIC' },
  { name: 'ivrs_hpet', by: 'kernel', adds: 'the place of a timer' },
  { name: 'ivrs_acpihid', by: 'kernel', adds: 'the place of a device' },
  { name: 'acpi_sleep', by: 'kernel', adds: 'options' },
  { name: 'acpi_mask_gpe', by: 'kernel', adds: 'events that are not heard' },
  { name: 'mce', by: 'kernel', adds: 'options', oneOf: ['off', 'on'] },
  { name: 'initrd', by: 'kernel', adds: 'a file, for the EFI stub' },
  { name: 'ip', by: 'dracut', adds: 'an interface' },
  { name: 'ifname', by: 'dracut', adds: 'the name of an interface' },
  { name: 'nameserver', by: 'dracut', adds: 'a server' },
  { name: 'bond', by: 'dracut', adds: 'a bond' },
  { name: 'bridge', by: 'dracut', adds: 'a bridge' },
  { name: 'team', by: 'dracut', adds: 'a team' },
  { name: 'vlan', by: 'dracut', adds: 'a VLAN' },
  { name: 'netroot', by: 'dracut', adds: 'a root on the network' },
  { name: 'rd.route', by: 'dracut', adds: 'a route' },
  { name: 'rd.driver.pre', by: 'dracut', adds: 'drivers' },
  { name: 'rd.driver.post', by: 'dracut', adds: 'drivers' },
  { name: 'rd.driver.blacklist', by: 'dracut', adds: 'drivers' },
  { name: 'rd.luks.uuid', by: 'dracut', adds: 'a volume' },
  { name: 'rd.luks.partuuid', by: 'dracut', adds: 'a volume' },
  { name: 'rd.luks.serial', by: 'dracut', adds: 'a volume' },
  { name: 'rd.luks.key', by: 'dracut', adds: 'a key file' },
  { name: 'rd.luks.name', by: 'systemd', adds: 'a volume' },
  { name: 'rd.luks.options', by: 'systemd', adds: 'options of a volume' },
  { name: 'rd.lvm.vg', by: 'dracut', adds: 'a volume group' },
  { name: 'rd.lvm.lv', by: 'dracut', adds: 'a logical volume' },
  { name: 'rd.md.uuid', by: 'dracut', adds: 'an array' },
  { name: 'rd.dm.uuid', by: 'dracut', adds: 'a device' },
  { name: 'rd.btrfs.uuid', by: 'dracut', adds: 'a file system' },
  { name: 'rootfallback', by: 'dracut', adds: 'a device to try' },
  { name: 'rd.luks.allow-discards', by: 'dracut', adds: 'a volume' },
  { name: 'fcoe', by: 'dracut', adds: 'an interface' },
  { name: 'rd.nvmf.discover', by: 'dracut', adds: 'a controller' },
  { name: 'rd.iscsi.param', by: 'dracut', adds: 'a parameter' },
  { name: 'rd.dasd', by: 'dracut', adds: 'a disk' },
  { name: 'rd.zfcp', by: 'dracut', adds: 'a disk' },
  { name: 'rd.znet', by: 'dracut', adds: 'a device' },
  { name: 'rd.znet_ifname', by: 'dracut', adds: 'the name of an interface' },
  { name: 'rd.break', by: 'dracut', adds: 'a place to stop at' },
  { name: 'rd.luks.data', by: 'systemd', adds: 'the data of a volume' },
  { name: 'luks.data', by: 'systemd', adds: 'the data of a volume' },
  { name: 'luks.uuid', by: 'systemd', adds: 'a volume' },
  { name: 'luks.name', by: 'systemd', adds: 'a volume' },
  { name: 'luks.key', by: 'systemd', adds: 'a key file' },
  { name: 'luks.options', by: 'systemd', adds: 'options of a volume' },
  { name: 'systemd.mask', by: 'systemd', adds: 'a unit' },
  { name: 'systemd.wants', by: 'systemd', adds: 'a unit' },
  { name: 'rd.systemd.mask', by: 'systemd', adds: 'a unit' },
  { name: 'rd.systemd.wants', by: 'systemd', adds: 'a unit' },
  { name: 'systemd.setenv', by: 'systemd', adds: 'a variable' },
  { name: 'systemd.set_credential', by: 'systemd', adds: 'a credential' },
  { name: 'systemd.set_credential_binary', by: 'systemd', adds: 'a credential' },
  { name: 'systemd.mount-extra', by: 'systemd', adds: 'a mount' },
  { name: 'rd.systemd.mount-extra', by: 'systemd', adds: 'a mount' },
  { name: 'systemd.swap-extra', by: 'systemd', adds: 'a swap' },
  { name: 'systemd.ssh_listen', by: 'systemd', adds: 'an address' },
  { name: 'systemd.pull', by: 'systemd', adds: 'an image' },
  { name: 'rd.systemd.pull', by: 'systemd', adds: 'an image' },
  { name: 'modules_load', by: 'systemd', adds: 'modules' },
  { name: 'rd.modules_load', by: 'systemd', adds: 'modules' },
  { name: 'modprobe.blacklist', by: 'kmod', adds: 'modules' },
];

/** An argument's name as it is compared: to the kernel and to systemd `-` and `_` are the same. */
function argumentName(argument: string): string {
  return (argument.split('=', 1)[0] ?? argument).replaceAll('-', '_');
}

const byName = new Map(REPEATABLE_ARGUMENTS.map((one) => [argumentName(one.name), one]));

function repeatable(argument: string): Repeatable | undefined {
  const name = argumentName(argument);
  return byName.get(name) ?? (name.endsWith('.dyndbg') ? byName.get('*.dyndbg') : undefined);
}

/**
 * Two different arguments with the same key contradict each other; an argument without a key contradicts none.
 */
export function contradictionKey(argument: string): string | undefined {
  const known = repeatable(argument);
  if (known === undefined) return argumentName(argument);
  const value = argument.slice(argument.indexOf('=') + 1);
  return known.oneOf?.includes(value) === true ? argumentName(argument) : undefined;
}
