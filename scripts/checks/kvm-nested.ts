import { type AnyImageCheck, failed, passed } from './check.ts';

export const kvmNested: AnyImageCheck = {
  id: 'kvm-nested',
  title: 'KVM works and nests',
  proves: "The host has /dev/kvm, and its processor's KVM module was loaded with nesting on.",
  needs: { machine: ['nested-virtualization'] },
  async run({ guest }) {
    const { stdout } = await guest.run(`[ -c /dev/kvm ] && stat -c 'device %a %U:%G' /dev/kvm
for vendor in amd intel; do
  [ -r /sys/module/kvm_$vendor/parameters/nested ] && printf '%s %s\\n' "kvm_$vendor" "$(cat /sys/module/kvm_$vendor/parameters/nested)"
done; true`);
    const evidence = stdout.trimEnd().split('\n');
    const nested = evidence.find((line) => /^kvm_(amd|intel) /.test(line));
    if (!evidence.some((line) => line.startsWith('device '))) return failed('/dev/kvm is missing', evidence);
    if (nested === undefined) return failed('neither kvm_amd nor kvm_intel is loaded', evidence);
    return /(1|Y)$/.test(nested)
      ? passed(`${nested.split(' ')[0]} nests`, evidence)
      : failed(`nesting is off: ${nested}`, evidence);
  },
};
