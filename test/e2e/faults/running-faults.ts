import type { Manifest } from '../../../scripts/image/manifest.ts';
import { unit } from '../../checks/context.ts';
import { type GuestFault, oneShot } from './guest-faults.ts';

/** What a report must say of a fault. */
export interface Named {
  readonly id: string;
  readonly fault: string;
  /** Of the diagnostic that names it. */
  readonly code: string;
  /** In that diagnostic's message and hint. */
  readonly cause: RegExp;
}

/** A fault that lets the system boot: many share one boot, each has to be told by itself. */
export interface RunningFault extends Named, GuestFault {
  readonly kernelArguments?: readonly string[];
  /** What the image promises and does not keep. */
  readonly manifest?: Partial<Pick<Manifest, 'units' | 'kernelArguments' | 'budgets' | 'checks'>>;
}

export const runningFaults: readonly RunningFault[] = [
  {
    id: 'unit-fails',
    fault: 'a unit that fails',
    units: { 'broken.service': oneShot('echo "the licence of dreams is missing" >&2; exit 3') },
    started: ['broken.service'],
    code: 'console-unit-failed',
    cause: /broken\.service[\s\S]*licence of dreams is missing/,
  },
  {
    id: 'ordering-cycle',
    fault: 'units that wait for each other in a circle',
    units: {
      'circle-a.service': `[Unit]\nAfter=circle-b.service\nWants=circle-b.service\n[Service]\nExecStart=/bin/true\n`,
      'circle-b.service': `[Unit]\nAfter=circle-a.service\nWants=circle-a.service\n[Service]\nExecStart=/bin/true\n`,
    },
    started: ['circle-a.service', 'circle-b.service'],
    code: 'console-ordering-cycle',
    cause: /circle-[ab]\.service/,
  },
  {
    id: 'segfault',
    fault: 'a program that crashes',
    units: { 'crash.service': oneShot(`exec perl -e 'unpack "p", pack "J", 1'`, 'SuccessExitStatus=SIGSEGV\n') },
    started: ['crash.service'],
    code: 'console-segfault',
    cause: /perl\[\d+\]: segfault/,
  },
  {
    id: 'out-of-memory',
    fault: 'a service that takes more memory than it may',
    units: {
      'greedy.service': oneShot(`exec perl -e '$x = "x" x 2e8'`, 'MemoryMax=24M\nMemorySwapMax=0\n'),
    },
    started: ['greedy.service'],
    code: 'console-out-of-memory',
    cause: /greedy\.service/,
  },
  {
    id: 'module-missing',
    fault: 'a kernel module that is not there',
    kernelArguments: ['modules_load=phyllome_absent'],
    code: 'console-module-failed',
    cause: /phyllome_absent/,
  },
  {
    id: 'mount-fails',
    fault: 'a mount that fails',
    fstab: ['tmpfs /mnt/broken nosuchfs nofail 0 0'],
    code: 'console-mount-failed',
    cause: /mnt-broken\.mount|\/mnt\/broken/,
  },
  {
    id: 'unit-file-broken',
    fault: 'a unit file with a key that is none',
    fragments: { 'getty.target': '[Unit]\nAftre=network.target\n' },
    code: 'console-unit-file-broken',
    cause: /getty\.target.*Aftre/,
  },
  {
    id: 'generator-fails',
    fault: 'a generator that fails',
    units: {
      'regenerate.service': oneShot(
        `mkdir -p /run/systemd/system-generators
printf '#!/bin/sh\\nexit 3\\n' >/run/systemd/system-generators/seeded-generator
chmod 755 /run/systemd/system-generators/seeded-generator
systemctl daemon-reload`,
      ).replace('[Service]', 'After=getty.target\n[Service]'),
    },
    started: ['regenerate.service'],
    code: 'console-generator-failed',
    cause: /seeded-generator/,
  },
  {
    id: 'socket-listens',
    fault: 'a socket that listens to other machines',
    units: {
      'rogue.socket': '[Socket]\nListenStream=8080\nAccept=yes\n',
      'rogue@.service': '[Service]\nExecStart=/bin/cat\nStandardInput=socket\n',
    },
    started: ['rogue.socket'],
    code: 'check-listening-sockets',
    cause: /tcp\/8080/,
  },
  {
    id: 'default-password',
    fault: 'an account with a shipped password',
    units: { 'password.service': oneShot(`sed -i 's/^root:[^:]*:/root:$6$salt$hash:/' /etc/passwd`) },
    started: ['password.service'],
    code: 'check-no-default-password',
    cause: /root has a password/,
  },
  {
    id: 'machine-id-shipped',
    fault: 'a machine-id in the image',
    units: {
      'identity.service': oneShot(
        `mkdir -p /run/seeded/upper/ssh /run/seeded/work
echo 0123456789abcdef0123456789abcdef >/run/seeded/upper/machine-id
echo secret >/run/seeded/upper/ssh/ssh_host_ed25519_key
mount -t overlay overlay -o lowerdir=/run/rootfsbase/etc,upperdir=/run/seeded/upper,workdir=/run/seeded/work /run/rootfsbase/etc`,
      ),
    },
    started: ['identity.service'],
    code: 'check-machine-identity',
    cause: /\/etc\/machine-id is set in the image/,
  },
  {
    id: 'ssh-keys-shared',
    fault: 'ssh host keys that every machine would share',
    // The fault before this one put them there.
    code: 'check-machine-identity',
    cause: /ssh_host_ed25519_key is in the image/,
  },
  {
    id: 'unwanted-unit-runs',
    fault: 'a unit that runs although the flavour disables it',
    units: { 'sleeper.service': '[Service]\nExecStart=/bin/sleep infinity\n' },
    started: ['sleeper.service'],
    manifest: { units: [unit('sleeper.service', 'disable')] },
    code: 'check-disabled-units-not-running',
    cause: /sleeper\.service/,
  },
  {
    id: 'preset-of-nothing',
    fault: 'a preset that enables a unit that is not there',
    manifest: { units: [unit('phantom.service', 'enable')] },
    code: 'check-enabled-units',
    cause: /phantom\.service[\s\S]*not-found/,
  },
  {
    id: 'bad-preset',
    fault: 'a preset that switches off what the flavour enables',
    units: {
      'lamp.service': '[Service]\nExecStart=/bin/sleep infinity\n[Install]\nWantedBy=multi-user.target\n',
      'site.service': oneShot(
        `mkdir -p /etc/systemd/system-preset; printf '# not on our computers\\ndisable lamp.service\\n' >/etc/systemd/system-preset/00-site.preset`,
      ),
    },
    started: ['site.service'],
    manifest: { units: [unit('lamp.service', 'enable')] },
    code: 'check-enabled-units',
    cause: /lamp\.service \(it was never started: \/etc\/systemd\/system-preset\/00-site\.preset:2 disables it\)/,
  },
  {
    id: 'kernel-argument-missing',
    fault: 'a kernel argument that did not arrive',
    manifest: { kernelArguments: ['intel_iommu=on'] },
    code: 'check-kernel-arguments',
    cause: /intel_iommu=on is there 0 times/,
  },
  {
    id: 'memory-over-budget',
    fault: 'a service that holds memory beyond the budget',
    units: { 'hog.service': `[Service]\nExecStart=perl -e '$$x = "x" x 1.5e8; sleep 10000'\n` },
    started: ['hog.service'],
    manifest: { budgets: { idleMemoryMiB: 250, runningServices: 6 } },
    code: 'check-idle-memory',
    cause: /budget 250 MiB[\s\S]*hog\.service/,
  },
  {
    id: 'services-over-budget',
    fault: 'more services than the budget',
    code: 'check-running-services',
    cause: /services run \(budget 6\)[\s\S]*hog\.service/,
  },
  {
    id: 'disk-full',
    fault: 'a file system that is full',
    units: {
      'fill.service': oneShot(
        'mkdir -p /run/small; mount -t tmpfs -o size=64k tmpfs /run/small; dd if=/dev/zero of=/run/small/data bs=128k count=1; true',
      ),
    },
    started: ['fill.service'],
    code: 'console-disk-full',
    cause: /\/run\/small\/data.*No space left on device/,
  },
  {
    id: 'kernel-oops',
    fault: 'an oops of the kernel (its first line, as nothing here can cause one)',
    units: { 'oops.service': oneShot('echo "<1>Oops: 0002 [#1] PREEMPT SMP NOPTI" >/dev/kmsg') },
    started: ['oops.service'],
    code: 'console-kernel-oops',
    cause: /Oops: 0002/,
  },
  {
    id: 'vfio-missing',
    fault: 'no vfio-pci in the image, so that no device can be bound to it',
    manifest: { checks: ['vfio-loaded'] },
    code: 'check-vfio-loaded',
    cause: /missing: \/sys\/module\/vfio_pci/,
  },
];
