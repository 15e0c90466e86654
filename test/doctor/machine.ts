import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DoctorReport } from '../../scripts/checks/doctor.ts';
import { checkout } from '../render/shipped.ts';
import { ScratchTree, type TreeNode } from './scratch-tree.ts';

const overlays = path.join(checkout, 'overlays');
const doctor = path.join(overlays, 'doctor/rootfs/usr/bin/phyllome-doctor');

/** All that the doctor may call: with these and a shell it must do. */
const BASE_SYSTEM = ['cat', 'id', 'readlink', 'stat', 'tr'];

/** A machine that is not there: files below a directory, and what programs on it answer. */
export interface Machine {
  /** Path → content, or `→ target` for a link. A path that ends in `/` is a directory. `undefined` takes one away. */
  readonly files: Readonly<Record<string, string | undefined>>;
  /** Program → a shell script. */
  readonly programs?: Readonly<Record<string, string>>;
  /** Who asks; root and whoever runs the tests where absent. */
  readonly user?: number;
  /** Octal mode by path. */
  readonly modes?: Readonly<Record<string, number>>;
}

export const sysfs = {
  cpu: (vendor: string, flags: string, microcode = '0xa20102b') => ({
    'proc/cpuinfo': `processor\t: 0\nvendor_id\t: ${vendor}\nmicrocode\t: ${microcode}\nflags\t\t: fpu tsc ${flags}\nbogomips\t: 1\n\nprocessor\t: 1\n`,
  }),
  pci: (address: string, id: string, driver: string, group: number, deviceClass = '0x030000') => {
    const [vendor, device] = id.split(':');
    const place = `sys/bus/pci/devices/${address}`;
    return {
      [`${place}/vendor`]: `0x${vendor}\n`,
      [`${place}/device`]: `0x${device}\n`,
      [`${place}/class`]: `${deviceClass}\n`,
      [`${place}/driver`]: driver === '' ? undefined : `→ ../../drivers/${driver}`,
      [`sys/bus/pci/drivers/${driver}/`]: '',
      [`${place}/driver_override`]: '(null)\n',
      [`${place}/iommu_group`]: `→ ../../../../kernel/iommu_groups/${group}`,
      [`sys/kernel/iommu_groups/${group}/devices/${address}`]: `→ ../../../../bus/pci/devices/${address}`,
    };
  },
};

/** As virt-host-validate prints what it looked at. */
export const virtHostValidate = (lines: Record<string, string>) =>
  `cat <<'END'\n${Object.entries(lines)
    .map(([what, verdict]) => `  QEMU: Checking for ${what.padEnd(60)} : ${verdict}`)
    .join('\n')}\nEND`;

/** The rules, as nft lists them, of a firewall that knows these bridges. */
export const firewallWith = (guests: readonly string[], open: readonly string[], more = '') =>
  `cat <<'END'\ntable inet phyllome {\n${[
    { name: 'guest_bridges', bridges: guests },
    { name: 'open_bridges', bridges: open },
  ]
    .map(({ name, bridges }) => {
      const quoted = bridges.map((bridge) => `"${bridge}"`).join(',\n\t\t\t     ');
      return `\tset ${name} {\n\t\ttype ifname\n${quoted && `\t\telements = { ${quoted} }\n`}\t}\n\n`;
    })
    .join('')}\tchain input {\n\t\ttcp dport 22 accept comment "SSH"\n${more}\t}\n}\nEND`;

/** A small server with everything in order; tests spoil it. */
export const goodServer: Machine = {
  files: {
    ...sysfs.cpu('AuthenticAMD', 'svm npt'),
    'dev/kvm': '',
    'etc/group': `root:x:0:\nkvm:x:${process.getgid?.() ?? 0}:libvirt-qemu\n`,
    'etc/passwd': `root:x:0:0::/root:/bin/sh\nlibvirt-qemu:x:64055:994::/var:/bin/false\ntss:x:${process.getuid?.() ?? 0}:990::/:/bin/false\n`,
    'sys/module/kvm_amd/parameters/nested': '1\n',
    'sys/firmware/acpi/tables/IVRS': 'table',
    ...sysfs.pci('0000:00:00.0', '1022:1480', '', 0, '0x060000'),
    ...sysfs.pci('0000:01:00.0', '8086:1539', 'igb', 1, '0x020000'),
    'sys/module/vfio_iommu_type1/parameters/allow_unsafe_interrupts': 'N\n',
    'sys/devices/system/clocksource/clocksource0/current_clocksource': 'tsc\n',
    'sys/devices/system/cpu/vulnerabilities/meltdown': 'Not affected\n',
    'sys/devices/system/cpu/vulnerabilities/retbleed': 'Mitigation: untrained return thunk\n',
    'proc/cmdline': 'root=/dev/sda1 iommu=pt\n',
    'proc/net/route': 'Iface\tDestination\tGateway\neth0\t00000000\t0100A8C0\neth0\t0000A8C0\t00000000\n',
    'usr/lib/firmware/amd-ucode/microcode_amd_fam19h.bin': 'code',
    'usr/share/qemu/firmware/40-secure.json':
      '{ "mapping": {\n "filename": "/usr/share/OVMF/CODE.ms.fd",\n "format": "raw" },\n "features": [\n "enrolled-keys",\n "secure-boot"\n ] }\n',
    'usr/share/qemu/firmware/60-plain.json': '{\n "filename": "/usr/share/OVMF/CODE.fd"\n}\n',
    'usr/share/OVMF/CODE.ms.fd': 'firmware',
    'usr/share/OVMF/CODE.fd': 'firmware',
    'usr/lib/sysctl.d/60-phyllome-host.conf':
      '# a comment\nvm.swappiness = 100\n\n-net.bridge.bridge-nf-call-iptables = 0\nfs.inotify.max_user_instances = 512\n',
    'proc/sys/vm/swappiness': '100\n',
    'proc/sys/fs/inotify/max_user_instances': '512\n',
    'usr/lib/tmpfiles.d/60-phyllome-merge-pages.conf':
      '# KSM\nw /sys/kernel/mm/ksm/advisor_mode - - - - scan-time\nw /sys/devices/system/cpu/cpu*/cpufreq/x - - - - y\n',
    'sys/kernel/mm/ksm/advisor_mode': 'none [scan-time]\n',
    'usr/lib/modprobe.d/50-phyllome-kvm.conf':
      '# nesting\noptions kvm_amd nested=1\noptions kvm_intel nested=1\nsoftdep nouveau pre: vfio-pci\n',
    'usr/share/phyllome/budget': '# what it may use\nmemory=175\nservices=9\n',
    'usr/bin/swtpm': '#!/bin/sh',
    'usr/bin/swtpm_setup': '#!/bin/sh',
    'usr/bin/swtpm_localca': '#!/bin/sh',
    'var/lib/swtpm-localca/': '',
    'run/libvirt/libvirt-sock': '',
    'etc/libvirt/storage/images.xml': '<pool>\n<path>/var/lib/libvirt/images</path>\n</pool>\n',
    'etc/libvirt/storage/isos.xml': '<pool>\n<path>/var/lib/libvirt/isos</path>\n</pool>\n',
    'etc/libvirt/storage/autostart/images.xml': '→ /etc/libvirt/storage/images.xml',
    'etc/libvirt/storage/autostart/isos.xml': '→ /etc/libvirt/storage/isos.xml',
    'var/lib/libvirt/images/': '',
    'var/lib/libvirt/isos/': '',
    'etc/libvirt/qemu/networks/default.xml':
      "<network>\n  <bridge name='virbr0' stp='on' delay='0'/>\n  <ip address='192.168.122.1' netmask='255.255.255.0'>\n</network>\n",
    'etc/libvirt/qemu/networks/autostart/default.xml': '→ /etc/libvirt/qemu/networks/default.xml',
    'etc/systemd/system/multi-user.target.wants/phyllome-guests-at-boot.service':
      '→ /usr/lib/systemd/system/phyllome-guests-at-boot.service',
    'usr/sbin/nft': '#!/bin/sh',
    'run/libvirt/network/default.xml':
      "<networkstatus>\n  <network>\n    <name>default</name>\n    <forward mode='nat'/>\n    <bridge name='virbr0'/>\n",
    'proc/net/tcp':
      '  sl  local_address rem_address   st\n   0: 00000000:0016 00000000:0000 0A\n   1: 3500007F:0035 00000000:0000 0A\n   2: 017AA8C0:0035 00000000:0000 0A\n',
    'sys/fs/cgroup/init.scope/memory.stat': 'anon 4194304\nkernel 1048576\nslab_reclaimable 0\n',
    'sys/fs/cgroup/system.slice/memory.stat':
      'anon 31457280\nfile 99999999\nkernel 10485760\nslab_reclaimable 4194304\n',
    'sys/fs/cgroup/system.slice/systemd-journald.service/memory.stat': 'anon 10485760\nkernel 0\nslab_reclaimable 0\n',
    'sys/fs/cgroup/system.slice/chrony.service/memory.stat': 'anon 1048576\nkernel 0\nslab_reclaimable 0\n',
  },
  programs: {
    systemctl: 'exit 0',
    id: 'echo 0',
    nft: firewallWith(['virbr0', 'lab0'], ['lab0']),
    'virt-host-validate': virtHostValidate({ 'hardware virtualization': 'PASS', 'if device /dev/kvm exists': 'PASS' }),
  },
  modes: {
    'dev/kvm': 0o660,
    'usr/bin/swtpm': 0o755,
    'usr/sbin/nft': 0o755,
    'usr/bin/swtpm_setup': 0o755,
    'usr/bin/swtpm_localca': 0o755,
  },
};

export function changed(machine: Machine, change: Partial<Machine>): Machine {
  return {
    files: { ...machine.files, ...change.files },
    programs: { ...machine.programs, ...change.programs },
    modes: { ...machine.modes, ...change.modes },
    ...(change.user !== undefined && { user: change.user }),
  };
}

export interface Opinion {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What the doctor says about a machine, with all questions that any component brings. */
export function doctorAt(machine: Machine, args: readonly string[] = [], shell = '/bin/sh'): Opinion {
  const { root, bin } = place;
  systemTree.become(nodesOf(machine));
  programTree.become(programsOf(machine.programs));
  const { status, stdout, stderr } = spawnSync(shell, [doctor, ...args], {
    encoding: 'utf8',
    ...(machine.user !== undefined && process.getuid?.() === 0 && { uid: machine.user, gid: machine.user }),
    env: { PATH: bin, PHYLLOME_DOCTOR_ROOT: root, PHYLLOME_DOCTOR_CHECKS: place.questions },
  });
  return { status: status ?? -1, stdout, stderr };
}

/** The programs of the base system that the doctor starts. */
export function startedAt(machine: Machine): readonly string[] {
  const record = path.join(place.directory, 'started');
  writeFileSync(record, '');
  const noting = BASE_SYSTEM.map((name) => [name, `echo ${name} >> ${record}; exec ${programPath(name)} "$@"`]);
  doctorAt({ ...machine, programs: { ...Object.fromEntries(noting), ...machine.programs } });
  return readFileSync(record, 'utf8').trimEnd().split('\n');
}

/** Where the doctor of these tests looks. Made once: the machines of a file differ little. Gone with the run of the tests. */
const place = makePlace();
const systemTree = new ScratchTree(place.root);
const programTree = new ScratchTree(place.bin);

function makePlace() {
  const directory = mkdtempSync(path.join(tmpdir(), 'phyllome-doctor-'));
  // Some machines are asked by an ordinary user.
  chmodSync(directory, 0o755);
  const [root, bin, questions] = ['root', 'bin', 'questions'].map((name) => path.join(directory, name));
  if (root === undefined || bin === undefined || questions === undefined) throw new Error('three names, three paths');
  for (const made of [root, bin, questions]) mkdirSync(made);
  // The questions of all components, as in an image that has them all.
  for (const component of readdirSync(overlays)) {
    const own = path.join(overlays, component, 'rootfs/usr/lib/phyllome/doctor.d');
    for (const file of existsSync(own) ? readdirSync(own) : [])
      symlinkSync(path.join(own, file), path.join(questions, file));
  }
  return { directory, root, bin, questions };
}

function nodesOf({ files, modes = {} }: Machine): Map<string, TreeNode> {
  const nodes = new Map<string, TreeNode>();
  for (const [name, content] of Object.entries(files)) {
    if (content === undefined) continue;
    if (name.endsWith('/')) nodes.set(name.replace(/\/+$/, ''), { kind: 'directory', content: '', mode: modes[name] });
    else if (content.startsWith('→ ')) nodes.set(name, { kind: 'link', content: content.slice(2), mode: undefined });
    else nodes.set(name, { kind: 'file', content, mode: modes[name] });
  }
  return nodes;
}

function programsOf(programs: Machine['programs'] = {}): Map<string, TreeNode> {
  const nodes = new Map<string, TreeNode>();
  for (const name of BASE_SYSTEM) nodes.set(name, { kind: 'link', content: programPath(name), mode: undefined });
  for (const [name, script] of Object.entries(programs)) {
    nodes.set(name, { kind: 'file', content: `#!/bin/sh\n${script}\n`, mode: 0o755 });
  }
  return nodes;
}

/** The status and words of each answer. */
export function answersAt(machine: Machine): { readonly report: DoctorReport; of(id: string): string } {
  const { stdout, stderr } = doctorAt(machine, ['--json']);
  if (stderr !== '') throw new Error(stderr);
  const report = JSON.parse(stdout) as DoctorReport;
  return {
    report,
    of(id) {
      const one = report.checks.find((check) => check.id === id);
      return one ? `${one.status}: ${one.summary}${one.advice === '' ? '' : ` > ${one.advice}`}` : 'not asked';
    },
  };
}

function programPath(name: string): string {
  const found = ['/usr/bin', '/bin'].map((directory) => path.join(directory, name)).find((file) => existsSync(file));
  if (found === undefined) throw new Error(`${name} is not installed`);
  return found;
}
