import type { Example } from './example.ts';

const doctor = (verdict: string, ...checks: readonly (readonly [id: string, status: string, summary: string])[]) =>
  JSON.stringify({
    schema: 1,
    verdict,
    checks: checks.map(([id, status, summary]) => ({ id, status, summary, advice: '' })),
  });
const kvm = ['kvm', 'ok', 'guests run by KVM'] as const;
const version = 'Using library: libvirt 11.3.0\nRunning hypervisor: QEMU 10.0.3\n';
const capability = 'Successfully authored TPM state.\nptm capability is 0x3fff\n';
const silent = { status: 1, stderr: 'error: failed to connect to the hypervisor\n' };
const meminfo = (availableKib: number) =>
  `MemTotal:        2020956 kB\nMemFree:         1756360 kB\nMemAvailable:    ${availableKib} kB\nShmem:              8636 kB\n`;
const memory = (availableKib: number): Example['says'] => [
  ['/proc/meminfo', meminfo(availableKib)],
  ['memory.stat', 'anon 3145728\nfile 99999999\nkernel 2097152\nslab_reclaimable 1048576\n'],
  ['memory.current', '38797312 system.slice/tuned.service\n'],
];
const bound = '0000:01:00.0 (10de:2684): vfio-pci\n';
const kept = '0000:03:00.0 (8086:15f3): igc instead of vfio-pci\n';
const absent = '0000:07:00.*: there is no such device; nothing is handed over for it\n';

export const hostExamples: readonly Example[] = [
  {
    of: 'kvm-nested',
    when: 'AMD’s module nests',
    says: [['/dev/kvm', 'device 660 root:kvm\nkvm_amd 1\n']],
    passes: 'kvm_amd nests',
  },
  {
    of: 'kvm-nested',
    when: 'Intel’s module nests, and says so in its way',
    says: [['/dev/kvm', 'device 666 root:kvm\nkvm_intel Y\n']],
    passes: 'kvm_intel nests',
  },
  { of: 'kvm-nested', when: 'there is no device', says: [['/dev/kvm', 'kvm_amd 1\n']], fails: '/dev/kvm is missing' },
  {
    of: 'kvm-nested',
    when: 'no module is loaded',
    says: [['/dev/kvm', 'device 660 root:kvm\n']],
    fails: 'neither kvm_amd nor kvm_intel is loaded',
  },
  {
    of: 'kvm-nested',
    when: 'nesting is off',
    says: [['/dev/kvm', 'device 660 root:kvm\nkvm_intel N\n']],
    fails: 'nesting is off: kvm_intel N',
  },
  {
    of: 'vfio-loaded',
    when: 'module and driver are there',
    says: [
      [
        'vfio-pci',
        '/sys/bus/pci/drivers/vfio-pci\n/sys/module/vfio_iommu_type1\n/sys/module/vfio_pci\n[    1.5] VFIO\n',
      ],
    ],
    passes: 'the driver is registered',
  },
  {
    of: 'vfio-loaded',
    when: 'the driver is not registered',
    says: [['vfio-pci', '/sys/module/vfio_pci\n']],
    fails: 'missing: /sys/bus/pci/drivers/vfio-pci',
  },
  {
    of: 'vfio-loaded',
    when: 'nothing is there',
    says: [['vfio-pci', '']],
    fails: 'missing: /sys/module/vfio_pci, /sys/bus/pci/drivers/vfio-pci',
  },
  {
    of: 'iommu-groups',
    when: 'there are two',
    says: [['iommu_groups', '0: 0000:00:00.0 \n1: 0000:00:02.0 \n']],
    passes: '2 groups',
  },
  {
    of: 'iommu-groups',
    when: 'there is none',
    says: [
      ['iommu_groups', '\n'],
      ['/proc/cmdline', 'quiet\n'],
    ],
    fails: 'there are none: the kernel does not use the IOMMU',
  },
  { of: 'handed-over', when: 'no device is named', says: [['hand-over', '']], passes: 'no device is named' },
  { of: 'handed-over', when: 'the one that is named is', says: [['hand-over', bound]], passes: 'all 1 are' },
  {
    of: 'handed-over',
    when: 'another driver has one',
    says: [
      ['omit_dracutmodules', ''],
      ['hand-over', bound + kept],
    ],
    fails: '0000:03:00.0 (8086:15f3): igc instead of vfio-pci',
  },
  {
    of: 'handed-over',
    when: 'one is missing beside one that is there',
    says: [
      ['omit_dracutmodules', ''],
      ['hand-over', bound + absent],
    ],
    fails: '0000:07:00.*: there is no such device; nothing is handed over for it',
  },
  {
    of: 'handed-over',
    when: 'the initramfs was made without the hand-over',
    says: [
      ['omit_dracutmodules', '/etc/dracut.conf.d/95-lean.conf:3:omit_dracutmodules+=" phyllome-hand-over "\n'],
      ['hand-over', kept],
    ],
    fails:
      '0000:03:00.0 (8086:15f3): igc instead of vfio-pci; /etc/dracut.conf.d/95-lean.conf:3 leaves out of the initramfs what would have handed them over',
  },
  {
    of: 'handed-over',
    when: 'none of them is on this computer',
    says: [['hand-over', absent]],
    skipped: 'the image is for another computer: none of its devices is here',
  },
  {
    // 2020956 − 1764996 KiB are 249.96 MiB, of which 16 are the lab's.
    of: 'idle-memory',
    when: 'as much is used as the budget allows',
    says: memory(1_764_996),
    manifest: { budgets: { idleMemoryMiB: 234 } },
    passes: "234 MiB used 1000 s after boot (budget 234 MiB), without 16 MiB of the lab's own",
  },
  {
    of: 'idle-memory',
    when: 'a MiB more is used',
    says: memory(1_763_972),
    manifest: { budgets: { idleMemoryMiB: 234 } },
    fails: "235 MiB used 1000 s after boot (budget 234 MiB), without 16 MiB of the lab's own",
  },
  {
    of: 'idle-memory',
    when: 'the flavour has no budget',
    says: memory(1_764_996),
    passes: "234 MiB used 1000 s after boot (no budget), without 16 MiB of the lab's own",
  },
  {
    of: 'doctor',
    when: 'one answer is a warning',
    says: [
      ['motd', ''],
      ['phyllome-doctor', doctor('warnings', kvm, ['iommu', 'warn', 'there is no IOMMU'])],
    ],
    passes: '1 of 2 answers are good, warnings: iommu',
  },
  {
    of: 'doctor',
    when: 'everything is well',
    says: [
      ['motd', ''],
      ['phyllome-doctor', doctor('fine', kvm)],
    ],
    passes: '1 of 1 answers are good',
  },
  {
    of: 'doctor',
    when: 'a device is of the computer that the image is for',
    says: [
      ['motd', '\n'],
      [
        'phyllome-doctor',
        doctor('wrong', kvm, ['hand-over:0000:41:00.0', 'fail', '0000:41:00.0: there is no such device']),
      ],
    ],
    passes: '1 of 2 answers are good',
  },
  {
    of: 'doctor',
    when: 'a device to hand over is here and not handed over',
    says: [['phyllome-doctor', doctor('wrong', kvm, ['hand-over:0000:41:00.0', 'fail', 'igc has 0000:41:00.0'])]],
    fails: 'igc has 0000:41:00.0',
  },
  {
    of: 'doctor',
    when: 'another answer says the same of a device',
    says: [['phyllome-doctor', doctor('wrong', kvm, ['vfio', 'fail', 'there is no such device'])]],
    fails: 'there is no such device',
  },
  {
    of: 'doctor',
    when: 'an answer is bad',
    says: [['phyllome-doctor', doctor('wrong', ['kvm', 'fail', '/dev/kvm is missing'])]],
    fails: '/dev/kvm is missing',
  },
  {
    of: 'doctor',
    when: 'a setting does not take effect, which only warns',
    says: [['phyllome-doctor', doctor('warnings', kvm, ['settings', 'warn', 'kernel.kptr_restrict is 0'])]],
    fails: 'kernel.kptr_restrict is 0',
  },
  {
    of: 'doctor',
    when: 'the login banner tells of what is not so',
    says: [
      ['motd', 'This host has a problem: kvm is missing\n'],
      ['phyllome-doctor', doctor('fine', kvm)],
    ],
    fails: 'the login banner says otherwise: This host has a problem: kvm is missing',
  },
  {
    of: 'doctor',
    when: 'the banner tells of the computer that the image is for',
    says: [
      ['motd', 'This host has a problem: 0000:41:00.0 is missing\n'],
      [
        'phyllome-doctor',
        doctor('wrong', kvm, ['hand-over:0000:41:00.0', 'fail', '0000:41:00.0: there is no such device']),
      ],
    ],
    passes: '1 of 2 answers are good',
  },
  {
    of: 'libvirt-answers',
    when: 'QEMU answers and the network is defined',
    says: [
      ['net-list', ' default\n\n'],
      ['version', version],
    ],
    passes: 'QEMU 10.0.3, network "default" is defined',
  },
  {
    of: 'libvirt-answers',
    when: 'there is another network only',
    says: [
      ['net-list', 'default-2\n'],
      ['version', version],
    ],
    fails: 'the network "default" is not defined',
  },
  { of: 'libvirt-answers', when: 'no daemon answers', says: [['version', silent]], fails: 'virsh version failed' },
  {
    of: 'libvirt-answers',
    when: 'the daemon of networks does not answer',
    says: [
      ['net-list', silent],
      ['version', version],
    ],
    fails: 'the networks cannot be listed',
  },
  {
    of: 'swtpm-tpm2',
    when: 'it answers and the authority is as it was',
    says: [
      ['swtpm_setup', capability],
      ['! -user tss', ''],
    ],
    passes: 'it answers',
  },
  {
    of: 'swtpm-tpm2',
    when: 'no TPM can be made',
    says: [['swtpm_setup', { status: 1, stderr: 'swtpm-localca exit with status 1\n' }]],
    fails: 'making a TPM ended with status 1',
  },
  {
    of: 'swtpm-tpm2',
    when: 'it says nothing',
    says: [['swtpm_setup', 'Successfully authored TPM state.\n']],
    fails: 'swtpm did not answer',
  },
  {
    of: 'swtpm-tpm2',
    when: 'root left files with the authority',
    says: [
      ['swtpm_setup', capability],
      ['! -user tss', '/var/lib/swtpm-localca/.lock.swtpm-localca\n'],
    ],
    fails: '/var/lib/swtpm-localca holds files that are not of user tss: no virtual TPM can be made',
  },
];
