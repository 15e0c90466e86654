import { type Check, failed, passed } from './check.ts';

export const libvirtAnswers: Check = {
  id: 'libvirt-answers',
  title: 'libvirt answers',
  proves:
    'virsh reaches the system instance (starting its daemon through the socket if need be), QEMU answers to it, and the default network is defined.',
  inputs: ['packages', 'units', 'files'],
  // Four times what its daemon needs to start under emulation: somebody waits for it.
  budgetSeconds: 45,
  async run({ guest }) {
    const virsh = (command: string) =>
      guest.run(`virsh -q -c qemu:///system ${command}`, { timeoutSeconds: 120, allowFailure: true });
    const version = await virsh('version');
    if (version.status !== 0) return failed('virsh version failed', complaint(version.stderr));
    const networks = await virsh('net-list --all --name');
    if (networks.status !== 0) return failed('the networks cannot be listed', complaint(networks.stderr));
    const names = networks.stdout
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    const evidence = [...version.stdout.trim().split('\n'), `networks: ${names.join(', ') || 'none'}`];
    const running = /Running hypervisor: (.*)/.exec(version.stdout)?.[1] ?? 'a hypervisor';
    return names.includes('default')
      ? passed(`${running}, network "default" is defined`, evidence, { networks: names })
      : failed('the network "default" is not defined', evidence, { networks: names });
  },
};

const complaint = (stderr: string): string[] => stderr.trimEnd().split('\n').slice(-5);
