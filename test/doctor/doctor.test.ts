import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkout } from '../render/shipped.ts';
import { answersAt, changed, doctorAt, goodServer, startedAt, sysfs, virtHostValidate } from './machine.ts';

describe('a server in order', () => {
  test('every answer is good, and the exit status says so', () => {
    const { report } = answersAt(goodServer);
    expect(report.checks.filter(({ status }) => status !== 'ok').map(({ id, status }) => `${status} ${id}`)).toEqual([
      'skip hand-over',
    ]);
    expect(report).toMatchObject({ schema: 1, verdict: 'fine' });
    expect(report.checks.length).toBeGreaterThan(15);
    expect(new Set(report.checks.map(({ id }) => id)).size).toBe(report.checks.length);
    expect(doctorAt(goodServer)).toMatchObject({ status: 0, stderr: '' });
  });

  test('nothing is said on the banner, and nothing with --quiet', () => {
    expect(doctorAt(goodServer, ['--banner'])).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect(doctorAt(goodServer, ['--quiet'])).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });

  test.runIf(existsSync('/bin/bash'))("Fedora's shell gives the same answers", () => {
    expect(doctorAt(goodServer, ['--json'], '/bin/bash').stdout).toBe(doctorAt(goodServer, ['--json']).stdout);
  });

  test('few programs are started: each costs more than all that the shell does by itself', () => {
    expect(startedAt(goodServer).length).toBeLessThan(15);
    expect(startedAt(goodServer)).toContain('cat');
  });

  test('another option is refused', () => {
    expect(doctorAt(goodServer, ['--cure'])).toMatchObject({ status: 2, stdout: '' });
    expect(doctorAt(goodServer, ['--help'])).toMatchObject({ status: 0 });
  });
});

test('a machine that tells nothing at all is not in order, and breaks nothing', () => {
  const { report } = answersAt({ files: { 'etc/passwd': '', 'etc/group': '' } });
  expect(report.verdict).toBe('wrong');
});

describe('virtualisation', () => {
  test('an AMD processor with SVM switched off', () => {
    const machine = changed(goodServer, {
      files: {
        ...sysfs.cpu('AuthenticAMD', 'npt'),
        'dev/kvm': undefined,
        'sys/module/kvm_amd/parameters/nested': undefined,
      },
      programs: {
        'virt-host-validate': virtHostValidate({
          'hardware virtualization': 'FAIL (Only emulated CPUs are available)',
        }),
      },
    });
    const { of, report } = answersAt(machine);
    expect(report.verdict).toBe('wrong');
    expect(of('virtualization')).toMatch(/^fail: the processor does not virtualise.*"SVM Mode"/);
    expect(of('kvm')).toMatch(/^fail: \/dev\/kvm is missing/);
    expect(of('nested')).toMatch(/^skip/);
    // Told once, in the doctor's own words.
    expect(of('virt-host-validate')).toMatch(/^ok/);
    const banner = doctorAt(machine, ['--banner']);
    expect(banner.status).toBe(1);
    expect(banner.stdout).toMatch(/^This host has a problem: .* \(and 1 more\)\. See: phyllome-doctor\n$/);
  });

  test('an Intel processor is advised in the words of its vendors', () => {
    const machine = changed(goodServer, { files: sysfs.cpu('GenuineIntel', '') });
    expect(answersAt(machine).of('virtualization')).toContain('"Intel Virtualization Technology"');
  });

  test('a virtual machine without nesting', () => {
    const machine = changed(goodServer, { files: sysfs.cpu('AuthenticAMD', 'hypervisor') });
    expect(answersAt(machine).of('virtualization')).toContain('on the machine below, allow nesting');
  });

  test('locked by the firmware: the flag is there, the device is not', () => {
    const { of } = answersAt(changed(goodServer, { files: { 'dev/kvm': undefined } }));
    expect(of('kvm')).toMatch(/^fail: \/dev\/kvm is missing although.*modprobe kvm_amd/);
  });

  test.each([
    [0o666, 'kvm:x:1:\n', 'ok: everybody'],
    [0o660, `kvm:x:${process.getgid?.() ?? 0}:\n`, 'fail: /dev/kvm is for group kvm, and libvirt-qemu is not in it'],
    [0o660, `kvm:x:${process.getgid?.() ?? 0}:other,libvirt-qemu\n`, 'ok: /dev/kvm is for group kvm'],
    [0o600, 'kvm:x:1:\n', 'fail: /dev/kvm has mode 600'],
  ])('/dev/kvm with mode %o', (mode, group, expected) => {
    const { of } = answersAt(changed(goodServer, { modes: { 'dev/kvm': mode }, files: { 'etc/group': group } }));
    expect(of('kvm')).toContain(expected);
  });

  test("/dev/kvm is for the main group of guests' user, as on Debian", () => {
    const gid = process.getgid?.() ?? 0;
    const files = {
      'etc/group': `kvm:x:${gid}:\n`,
      'etc/passwd': `libvirt-qemu:x:64055:${gid}::/var:/bin/false\ntss:x:${process.getuid?.() ?? 0}:1::/:\n`,
    };
    expect(answersAt(changed(goodServer, { files })).of('kvm')).toMatch(/^ok/);
  });

  test('nesting switched off', () => {
    const { of, report } = answersAt(changed(goodServer, { files: { 'sys/module/kvm_amd/parameters/nested': '0\n' } }));
    expect(of('nested')).toMatch(/^warn: kvm_amd was loaded without nesting/);
    expect(report.verdict).toBe('warnings');
  });
});

describe("libvirt's opinion", () => {
  const of = (lines: Record<string, string>) =>
    answersAt(changed(goodServer, { programs: { 'virt-host-validate': virtHostValidate(lines) } })).of(
      'virt-host-validate',
    );

  test('expected warnings are no warnings', () => {
    expect(
      of({
        'for device assignment IOMMU support': 'WARN (No ACPI IVRS table found, IOMMU either disabled in BIOS)',
        'for secure guest support': 'WARN (AMD Secure Encrypted Virtualization appears to be disabled)',
        "cgroup 'memory' controller support": 'PASS',
      }),
    ).toBe(
      'ok: nothing but what is expected or told here: IOMMU (see iommu), no memory encryption for guests (SEV, TDX)',
    );
  });

  test('what only root can ask is not held against the host', () => {
    const programs = {
      id: 'echo 65534',
      'virt-host-validate': virtHostValidate({ "cgroup 'devices' controller support": 'WARN (Enable it)' }),
    };
    expect(answersAt(changed(goodServer, { programs })).of('virt-host-validate')).toBe(
      "ok: nothing but what is expected or told here: cgroup 'devices' (ask as root)",
    );
  });

  test('another warning and a failure are passed on', () => {
    expect(of({ "cgroup 'devices' controller support": 'WARN (Enable it)' })).toMatch(
      /^warn: warns: cgroup 'devices' controller support >/,
    );
    expect(of({ 'if device /dev/net/tun exists': 'FAIL (Load the module)' })).toMatch(
      /^fail: fails: if device \/dev\/net\/tun exists >/,
    );
  });
});

describe('the IOMMU', () => {
  const without = Object.fromEntries(
    Object.keys(goodServer.files)
      .filter((name) => /iommu_group/.test(name))
      .map((name) => [name, undefined]),
  );
  test('switched off in the firmware set-up', () => {
    const machine = changed(goodServer, { files: { ...without, 'sys/firmware/acpi/tables/IVRS': undefined } });
    expect(answersAt(machine).of('iommu')).toMatch(/^warn: the firmware describes no IOMMU.*"IOMMU" \(AMD-Vi/);
    const intel = changed(machine, { files: sysfs.cpu('GenuineIntel', 'vmx') });
    expect(answersAt(intel).of('iommu')).toContain('"Intel VT-d"');
  });

  test('described, but not used by the kernel', () => {
    const machine = changed(goodServer, {
      files: { ...without, ...sysfs.cpu('GenuineIntel', 'vmx'), 'sys/firmware/acpi/tables/DMAR': 'table' },
    });
    expect(answersAt(machine).of('iommu')).toMatch(/^warn: the firmware offers an IOMMU \(DMAR IVRS\).*intel_iommu=on/);
  });

  test('interrupts that guests may forge', () => {
    const files = { 'sys/module/vfio_iommu_type1/parameters/allow_unsafe_interrupts': 'Y\n' };
    expect(answersAt(changed(goodServer, { files })).of('interrupt-remapping')).toMatch(/^warn/);
  });
});

describe('devices for guests', () => {
  const card = '0000:01:00.0';
  const sound = '0000:01:00.1';
  const withCard = (driver: string, soundDriver: string) =>
    changed(goodServer, {
      files: {
        ...sysfs.pci(card, '10de:2805', driver, 1),
        ...sysfs.pci(sound, '10de:22bd', soundDriver, 1, '0x040300'),
        ...sysfs.pci('0000:00:01.0', '1022:1483', 'pcieport', 1, '0x060400'),
        'etc/phyllome/hand-over': `# the card\n${card}=10de:2805\n\n${sound}\n`,
        'usr/lib/phyllome/graphics-card.sh': `→ ${path.join(checkout, 'overlays/graphics-cards/rootfs/usr/lib/phyllome/graphics-card.sh')}`,
        'usr/libexec/phyllome-hand-over': `→ ${path.join(checkout, 'overlays/vfio/rootfs/usr/libexec/phyllome-hand-over')}`,
      },
    });

  test('a card with its sound function, bound and apart from the host', () => {
    const { of, report } = answersAt(withCard('vfio-pci', 'vfio-pci'));
    expect(of(`hand-over:${card}`)).toBe('ok: 0000:01:00.0 (10de:2805) is ready for a guest, in group 1');
    expect(of(`hand-over:${sound}`)).toMatch(/^ok/);
    expect(report.verdict).toBe('fine');
  });

  test("the host's driver was first", () => {
    expect(answersAt(withCard('nouveau', 'vfio-pci')).of(`hand-over:${card}`)).toMatch(/^fail: .*: nouveau instead/);
    expect(answersAt(withCard('', 'vfio-pci')).of(`hand-over:${card}`)).toMatch(/^fail: .*: no driver instead/);
  });

  test('the host keeps a function of the group', () => {
    const files = { 'etc/phyllome/hand-over': `${card}\n` };
    const machine = changed(withCard('vfio-pci', 'snd_hda_intel'), { files });
    expect(answersAt(machine).of(`hand-over:${card}`)).toMatch(
      /^fail: .* shares IOMMU group 1 with what the host uses: 0000:01:00\.1 \(snd_hda_intel\)/,
    );
  });

  test('cards were moved: another device, or none, has the address', () => {
    const files = { [`sys/bus/pci/devices/${card}/device`]: '0x1234\n' };
    const { of } = answersAt(changed(withCard('vfio-pci', 'vfio-pci'), { files }));
    expect(of(`hand-over:${card}`)).toMatch(/^fail: 0000:01:00\.0 is 10de:1234 of class 030000, not 10de:2805/);
    const elsewhere = { 'etc/phyllome/hand-over': '0000:41:00.0\n' };
    const gone = answersAt(changed(withCard('vfio-pci', 'vfio-pci'), { files: elsewhere }));
    expect(gone.of('hand-over:0000:41:00.0')).toMatch(/^fail: 0000:41:00\.0: there is no such device/);
  });
});

test('words of the machine are quoted for JSON', () => {
  const systemctl = `printf '%s\\n' 'dev-disk-by\\x2dlabel-"A".swap loaded failed'`;
  const { of } = answersAt(changed(goodServer, { programs: { systemctl } }));
  expect(of('failed-units')).toContain('dev-disk-by\\x2dlabel-"A".swap');
});

test('an ordinary user, who may not read what is defined, is told so', () => {
  const closed = [
    'etc/libvirt/storage/images.xml',
    'etc/libvirt/storage/isos.xml',
    'etc/libvirt/qemu/networks/default.xml',
  ];
  const { report, of } = answersAt(
    changed(goodServer, {
      user: 65534,
      programs: { id: 'echo 65534' },
      modes: Object.fromEntries(closed.map((file) => [file, 0o000])),
    }),
  );
  expect([of('pools'), of('network')]).toEqual([
    expect.stringMatching(/^skip: only root/),
    expect.stringMatching(/^skip: only root/),
  ]);
  expect(report.checks.filter(({ id }) => id.startsWith('pool:'))).toEqual([]);
});
