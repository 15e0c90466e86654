import { describe, expect, test } from 'vitest';
import { answersAt, changed, goodServer, sysfs } from './machine.ts';

describe('what guests are made of', () => {
  test.each([
    [
      'no firmware',
      { 'usr/share/qemu/firmware/40-secure.json': undefined, 'usr/share/qemu/firmware/60-plain.json': undefined },
      'fail: no UEFI',
    ],
    [
      'a descriptor without its file',
      { 'usr/share/OVMF/CODE.fd': undefined },
      'fail: descriptors name files that are not there: /usr/share/OVMF/CODE.fd',
    ],
    ['no Secure Boot', { 'usr/share/qemu/firmware/40-secure.json': undefined }, 'warn: no firmware offers Secure Boot'],
  ])('%s', (_, files, expected) => {
    expect(answersAt(changed(goodServer, { files })).of('uefi-firmware')).toContain(expected);
  });

  test.each([
    ['a missing program', { 'usr/bin/swtpm_setup': undefined }, 'fail: programs are missing: swtpm_setup'],
    ['no user', { 'etc/passwd': 'libvirt-qemu:x:1:1::/:\n' }, 'fail: the user tss'],
    ['no authority', { 'var/lib/swtpm-localca/': undefined }, 'fail: /var/lib/swtpm-localca is missing'],
    [
      'files of somebody else',
      { 'etc/passwd': 'tss:x:4711:1::/:\n', 'var/lib/swtpm-localca/.lock.swtpm-localca': '' },
      '.lock.swtpm-localca; no guest gets a TPM',
    ],
  ])('TPMs: %s', (_, files, expected) => {
    expect(answersAt(changed(goodServer, { files })).of('swtpm')).toContain(expected);
  });

  test.each([
    ['libvirt', { 'run/libvirt/libvirt-sock': undefined }, 'fail: nothing listens'],
    ['pool:isos', { 'etc/libvirt/storage/isos.xml': undefined }, 'fail: the pool isos is not defined'],
    ['pool:isos', { 'etc/libvirt/storage/autostart/isos.xml': undefined }, 'warn: the pool isos does not start'],
    [
      'pool:images',
      { 'var/lib/libvirt/images/': undefined },
      'fail: the pool images is to be in /var/lib/libvirt/images',
    ],
    ['network', { 'etc/libvirt/qemu/networks/default.xml': undefined }, 'warn: the network "default" is not defined'],
    [
      'network',
      { 'etc/libvirt/qemu/networks/autostart/default.xml': undefined },
      'warn: the network "default" does not start',
    ],
    [
      'network',
      { 'proc/net/route': 'Iface\tDestination\neth0\t007AA8C0\n' },
      'fail: the network "default" has the addresses of eth0',
    ],
    [
      'network',
      { 'proc/net/route': 'Iface\tDestination\nvirbr0\t007AA8C0\n' },
      'ok: "default" is 192.168.122.0/24 on virbr0',
    ],
  ])('%s spoilt by %o', (id, files, expected) => {
    expect(answersAt(changed(goodServer, { files })).of(id)).toContain(expected);
  });
});

describe('the system itself', () => {
  test('failed units are named', () => {
    const systemctl = 'echo "smartd.service loaded failed failed SMART"; echo "a.mount loaded failed failed A"';
    expect(answersAt(changed(goodServer, { programs: { systemctl } })).of('failed-units')).toBe(
      'fail: failed: smartd.service a.mount > see why with: systemctl status smartd.service',
    );
    expect(answersAt(changed(goodServer, { programs: { systemctl: 'exit 1' } })).of('failed-units')).toMatch(/^skip/);
  });

  test('memory of units is added up without page cache, and set against the budget', () => {
    expect(answersAt(goodServer).of('memory')).toBe(
      'ok: units hold 41 MiB, most of it systemd-journald.service with 10 MiB; the idle host may use 175 MiB',
    );
    const small = changed(goodServer, { files: { 'usr/share/phyllome/budget': 'memory=40\nservices=\n' } });
    expect(answersAt(small).of('memory')).toMatch(/^warn: units hold 41 MiB/);
    const none = changed(goodServer, { files: { 'usr/share/phyllome/budget': 'memory=\nservices=\n' } });
    expect(answersAt(none).of('memory')).toMatch(/^ok: units hold 41 MiB, most of it .* 10 MiB$/);
  });

  test('a slow clock, open holes and old microcode', () => {
    const machine = changed(goodServer, {
      files: {
        'sys/devices/system/clocksource/clocksource0/current_clocksource': 'hpet\n',
        'sys/devices/system/cpu/vulnerabilities/retbleed': 'Vulnerable: no microcode\n',
        'usr/lib/firmware/amd-ucode/microcode_amd_fam19h.bin': undefined,
      },
    });
    const { of } = answersAt(machine);
    expect(of('clocksource')).toMatch(/^warn: the clock is hpet/);
    expect(of('mitigations')).toMatch(/^warn: open holes of the processor: retbleed >/);
    expect(of('microcode')).toMatch(/^warn: revision 0xa20102b .* the component cpu-amd/);
    const guest = changed(machine, { files: sysfs.cpu('AuthenticAMD', 'svm hypervisor') });
    expect(answersAt(guest).of('clocksource')).toMatch(/^ok/);
    expect(answersAt(guest).of('mitigations')).toMatch(/^ok: open as seen in a virtual machine: retbleed/);
    expect(answersAt(guest).of('microcode')).toMatch(/^skip/);
  });

  test('protection switched off by hand', () => {
    const files = { 'proc/cmdline': 'root=/dev/sda1 mitigations=off quiet\n' };
    expect(answersAt(changed(goodServer, { files })).of('mitigations')).toMatch(/^warn: the kernel was told/);
  });
});

describe('guests that start with the host', () => {
  const marked = {
    'etc/libvirt/qemu/web.xml': '<domain/>',
    'etc/libvirt/qemu/autostart/web.xml': '→ /etc/libvirt/qemu/web.xml',
  };
  const at = (files: Readonly<Record<string, string | undefined>>) =>
    answersAt(changed(goodServer, { files })).of('guests-at-boot');
  const wants = 'etc/systemd/system/multi-user.target.wants';

  test('need something that starts libvirt at boot', () => {
    expect(at({})).toBe('ok: no guest is marked to start with the host');
    expect(at(marked)).toBe('ok: phyllome-guests-at-boot.service starts with the host: web');
    const none = { ...marked, [`${wants}/phyllome-guests-at-boot.service`]: undefined };
    expect(at(none)).toBe(
      'warn: marked to start with the host, and nothing starts libvirt at boot: web > systemctl enable phyllome-guests-at-boot',
    );
    expect(at({ ...none, [`${wants}/libvirtd.service`]: '→ /usr/lib/systemd/system/libvirtd.service' })).toMatch(
      /^ok: libvirtd\.service starts/,
    );
  });

  test('and their definition', () => {
    expect(at({ ...marked, 'etc/libvirt/qemu/web.xml': undefined })).toMatch(
      /^warn: marked to start with the host, and not defined: web >/,
    );
  });

  test('a bridge for guests of sessions is there, or is missed', () => {
    const files = { 'etc/qemu/bridge.conf': '# bridges\nallow virbr0\n' };
    expect(answersAt(goodServer).of('session-bridge')).toBe('not asked');
    expect(answersAt(changed(goodServer, { files })).of('session-bridge')).toMatch(
      /^warn: .* virbr0, which is not there/,
    );
    const there = { ...files, 'sys/class/net/virbr0/': '' };
    expect(answersAt(changed(goodServer, { files: there })).of('session-bridge')).toMatch(/^ok/);
  });
});

describe('settings', () => {
  test('are compared with what the files ask for', () => {
    expect(answersAt(goodServer).of('settings')).toBe("ok: 4 settings are as this system's files say");
  });

  test('that somebody set otherwise are named', () => {
    const files = { 'proc/sys/vm/swappiness': '60\n', 'sys/kernel/mm/ksm/advisor_mode': '[none] scan-time\n' };
    expect(answersAt(changed(goodServer, { files })).of('settings')).toMatch(
      /^warn: vm\.swappiness is 60, not 100, \/sys\/kernel\/mm\/ksm\/advisor_mode is none, not scan-time/,
    );
  });

  test('of several numbers are the same with tabs between them', () => {
    const said = { 'usr/lib/sysctl.d/50-phyllome-console.conf': 'kernel.printk = 4 4 1 7\n' };
    const at = (is: string) =>
      answersAt(changed(goodServer, { files: { ...said, 'proc/sys/kernel/printk': is } })).of('settings');
    expect(at('4\t4\t1\t7\n')).toMatch(/^ok/);
    expect(at('7\t4\t1\t7\n')).toMatch(/^warn: kernel\.printk is 7 4 1 7, not 4 4 1 7/);
  });

  test('of two files the later one counts, and patterns name cards', () => {
    const files = {
      'usr/lib/sysctl.d/51-phyllome-protection.conf': 'kernel.kptr_restrict = 1\nnet.ipv4.conf.*.rp_filter = 2\n',
      'usr/lib/sysctl.d/70-phyllome-secure.conf': 'kernel.kptr_restrict = 2\n',
      'proc/sys/kernel/kptr_restrict': '2\n',
    };
    expect(answersAt(changed(goodServer, { files })).of('settings')).toMatch(/^ok: 5 settings/);
    const weaker = changed(goodServer, { files: { ...files, 'proc/sys/kernel/kptr_restrict': '1\n' } });
    expect(answersAt(weaker).of('settings')).toMatch(/^warn: kernel\.kptr_restrict is 1, not 2 >/);
  });

  test('of several numbers are compared as numbers: the kernel has tabs between them', () => {
    const files = {
      'usr/lib/sysctl.d/50-phyllome-console.conf': 'kernel.printk = 4 4 1 7\n',
      'proc/sys/kernel/printk': '4\t4\t1\t7\n',
    };
    expect(answersAt(changed(goodServer, { files })).of('settings')).toMatch(/^ok: 5 settings/);
    const loud = { ...files, 'proc/sys/kernel/printk': '7\t4\t1\t7\n' };
    expect(answersAt(changed(goodServer, { files: loud })).of('settings')).toMatch(
      /^warn: kernel\.printk is 7 4 1 7, not 4 4 1 7/,
    );
  });

  test('that the kernel does not have are a mistake in the image', () => {
    const files = { 'usr/lib/modprobe.d/50-phyllome-kvm.conf': 'options kvm_amd nested=1 npt_speed=9\n' };
    expect(answersAt(changed(goodServer, { files })).of('settings')).toMatch(
      /^fail: this kernel does not have: kvm_amd\.npt_speed/,
    );
  });
});

describe('two disks of one image', () => {
  const partition = (name: string, id: string) => ({
    [`sys/class/block/${name}/uevent`]: `MAJOR=8\nDEVTYPE=partition\nPARTN=3\nPARTUUID=${id}\n`,
  });
  const verdict = (files: Readonly<Record<string, string>>) =>
    answersAt(
      changed(goodServer, { files: { 'proc/cmdline': 'root=PARTUUID=1-2 ro quiet\n', ...files } }),
    ).report.checks.find(({ id }) => id === 'own-disk');

  test('the first start is told to be one of either', () => {
    expect(verdict({ ...partition('sda3', '1-2'), ...partition('sdb3', '1-2') })).toMatchObject({
      status: 'warn',
      advice: expect.stringContaining('restart once'),
    });
  });

  test('any other is in order', () => {
    expect(verdict({ ...partition('sda3', '1-2'), ...partition('sdb3', '3-4') })).toMatchObject({ status: 'ok' });
  });
});
