import { expect, test } from 'vitest';
import { type NetinstRequest, planNetinst } from '../../../scripts/engines/netinst/plan.ts';

const request: NetinstRequest = {
  flavour: 'headless',
  base: 'fedora-44',
  kickstart: 'rootpw --lock\n',
  isSecret: false,
  iso: {
    file: '/iso/net,inst.iso',
    sha256: 'ab'.repeat(32),
    volume: { id: 'Fedora-E-dvd-x86_64-44', bytes: 1, madeAt: 0 },
  },
  name: 'phyllome-headless-fedora-44',
  diskMiB: 12288,
  memoryMiB: 4096,
  processors: 2,
  accelerator: 'tcg',
  cpu: 'EPYC',
  firmware: 'uefi',
  method: 'kernel',
  mirror: 'http://mirror.example/debian',
  privilege: 'root',
};

function qemu(change: Partial<NetinstRequest>): readonly string[] {
  const steps = planNetinst({ ...request, ...change }).stages.at(-1)?.steps ?? [];
  return steps.find(({ id }) => id === 'install')?.argv ?? [];
}

test('the plan of an installation', () => {
  expect(planNetinst(request).stages.slice(1)).toMatchSnapshot();
});

test('kernel: the arguments name stage2 and the kickstart’s disk, and what is said comes out on the serial console', () => {
  const argv = qemu({});
  expect(argv[argv.indexOf('-append') + 1]).toBe(
    'inst.stage2=hd:LABEL=Fedora-E-dvd-x86_64-44 inst.ks=hd:LABEL=OEMDRV:/ks.cfg inst.text inst.cmdline inst.nomemcheck inst.nosave=all console=ttyS0,115200',
  );
  expect(argv).toContain('chardev:output');
});

test('medium: the firmware starts the medium as it is, and Anaconda’s log has a port', () => {
  const argv = qemu({ method: 'medium' });
  expect(argv).not.toContain('-kernel');
  expect(argv.join(' ')).toContain('name=org.fedoraproject.anaconda.log.0');
});

test('firmware and accelerator', () => {
  expect(qemu({ firmware: 'bios' }).join(' ')).not.toContain('pflash');
  expect(qemu({ accelerator: 'kvm' })).toContain('kvm');
  expect(qemu({ accelerator: 'kvm' }).join(' ')).toContain('/dev/kvm');
});

test('a comma in a path does not end QEMU’s option', () => {
  expect(qemu({}).join(' ')).toContain('file=/iso/net,,inst.iso');
});
