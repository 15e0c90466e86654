import { type Check, failed, notThereOnce, passed } from '../checks/index.ts';
import { splitKernelCommandLine } from '../flavour/index.ts';
import type { Scenario } from './scenario.ts';

/**
 * What the package of a new kernel does at the end of its installation, into a boot partition of the lab's own. The list of
 * its modules is there already: making that again takes half a minute under emulation and has no part in the entry.
 */
const update = `set -eu
boot=/run/phyllome-lab-boot; rm -rf $boot; mkdir -p $boot/loader/entries
version=$(uname -r); kernel=$(ls /usr/lib/modules/$version/vmlinuz /boot/vmlinuz-$version 2>/dev/null | head -n 1)
mkdir -p /etc/kernel/install.d
ln -sf /dev/null /etc/kernel/install.d/50-depmod.install
printf 'layout=bls\\nBOOT_ROOT=%s\\ninitrd_generator=none\\n' $boot > /etc/kernel/install.conf
printf 'phyllome-lab\\n' > /etc/kernel/entry-token
kernel-install --make-entry-directory=yes add "$version" "$kernel" >&2
cat $boot/loader/entries/*.conf`;

const argumentsKept: Check = {
  id: 'kernel-update',
  title: 'a new kernel gets the same arguments',
  proves:
    "kernel-install, which a kernel's package calls, writes a boot entry with every kernel argument that the flavour asks for, once, and with none of the live medium's own.",
  inputs: ['kernelArguments', 'packages', 'files'],
  changesState: true,
  async run({ guest, expect }) {
    const { stdout } = await guest.run(update, { timeoutSeconds: 90 });
    const evidence = stdout.trimEnd().split('\n');
    const options = evidence.find((line) => /^options\s/.test(line))?.replace(/^options\s+/, '');
    if (options === undefined) return failed('the entry has no options', evidence);
    const given = splitKernelCommandLine(options);
    const wrong = notThereOnce(expect.kernelArguments, given);
    const live = given.filter((argument) => /^(root=live:|rd\.live\.)/.test(argument));
    const problems = [...wrong, ...live.map((argument) => `${argument} is of the live medium`)];
    return problems.length === 0
      ? passed(`all ${expect.kernelArguments.length} are there`, evidence)
      : failed(problems.join('; '), evidence);
  },
};

export const kernelUpdate: Scenario = {
  id: 'kernel-update',
  title: 'a kernel update',
  proves: 'The kernel that an update brings starts with the arguments of the one before.',
  topologies: ['default'],
  checks: [argumentsKept],
};
