import { type Check, failed, passed } from '../checks/index.ts';
import type { Scenario } from './scenario.ts';

const name = 'phyllome-lab-marked';
const pid = `/run/libvirt/qemu/${name}.pid`;

/** Marked as libvirt marks it, without asking libvirt: that would start its daemon. An emulated guest with nothing to boot. */
const mark = `set -e
mkdir -p /etc/libvirt/qemu/autostart
umask 077
cat > /etc/libvirt/qemu/${name}.xml << 'END'
<domain type='qemu'>
  <name>${name}</name>
  <uuid>3d5e7a0c-0000-4000-8000-000000000001</uuid>
  <memory unit='MiB'>64</memory>
  <vcpu>1</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <cpu mode='custom'><model>qemu64</model></cpu>
  <devices><interface type='network'><source network='default'/><model type='virtio'/></interface></devices>
</domain>
END
ln -sfn /etc/libvirt/qemu/${name}.xml /etc/libvirt/qemu/autostart/${name}.xml
sync`;

const markedGuestRuns: Check = {
  id: 'guests-at-boot',
  title: 'a guest that is marked starts with the host',
  proves:
    'A guest that is marked for autostart runs after a start of the host, with its network, though nobody asked libvirt for anything; before that, no daemon of libvirt ran. A live system, which forgets the mark, has only the unit started again that starts it.',
  needs: { components: ['libvirt'] },
  freshBoot: true,
  changesState: true,
  async run({ guest, machine, expect, scaled }) {
    const idle = await guest.run('pgrep -a "libvirtd|virtqemud"', { allowFailure: true });
    if (idle.stdout !== '') return failed('the daemon runs without a reason', idle.stdout.trimEnd().split('\n'));
    await guest.run(mark);
    if (expect.image.kind === 'disk') await machine.reboot();
    else await guest.run('systemctl start phyllome-guests-at-boot.service', { timeoutSeconds: scaled(180) });
    try {
      await guest.waitFor('the guest', `[ -s ${pid} ] && [ -d "/proc/$(cat ${pid})" ]`, scaled(120));
      const { stdout } = await guest.run(
        `tr '\\0' ' ' < "/proc/$(cat ${pid})/cmdline" | cut -c 1-200; echo; ip -br link show virbr0`,
      );
      return passed('it runs', stdout.trimEnd().split('\n'));
    } finally {
      await guest.run(`virsh -q -c qemu:///system destroy ${name}; virsh -q -c qemu:///system undefine ${name}; true`, {
        timeoutSeconds: 120,
        allowFailure: true,
      });
    }
  },
};

export const guestsAtBoot: Scenario = {
  id: 'guests-at-boot',
  title: 'a guest that is marked for autostart',
  proves: 'Marked guests start with the host, and a host without any has no daemon of libvirt after boot.',
  topologies: ['default'],
  needs: { components: ['libvirt'] },
  checks: [markedGuestRuns],
};
