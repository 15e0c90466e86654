import { type AnyImageCheck, failed, passed } from './check.ts';

export const iommuGroups: AnyImageCheck = {
  id: 'iommu-groups',
  title: 'devices are in IOMMU groups',
  proves: 'The kernel uses the IOMMU of the lab machine: at least one group of devices exists.',
  needs: { machine: ['iommu'] },
  async run({ guest }) {
    const { stdout } = await guest.run(`for group in /sys/kernel/iommu_groups/*; do
  [ -d "$group" ] && printf '%s: %s\\n' "\${group##*/}" "$(ls "$group/devices" | tr '\\n' ' ')"
done; true`);
    const groups = stdout
      .trimEnd()
      .split('\n')
      .filter((line) => line !== '');
    return groups.length > 0
      ? passed(`${groups.length} groups`, groups, { count: groups.length })
      : failed('there are none: the kernel does not use the IOMMU', [
          (await guest.read('/proc/cmdline')).toString().trim(),
        ]);
  },
};
