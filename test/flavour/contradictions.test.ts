import { describe, expect, test } from 'vitest';
import { asLine, resolveIn, sourceTree } from './source-tree.ts';

const flavour = (...lines: string[]): string =>
  sourceTree({
    'overlays/core/component.yaml':
      'component: core\nsummary: the core\nunits:\n  - {enable: login, reason: first}\nkernelArguments:\n  - {argument: iommu=pt, reason: fast}\n  - {argument: console=tty0, reason: see}\n',
    'flavours/small.yaml': [
      'flavour: small',
      'summary: s m l',
      'base: test-1',
      'components: [core]',
      ...lines,
      '',
    ].join('\n'),
  });

test.each(['disable', 'mask'])('a unit enabled here and to %s there is an error with both places', (verb) => {
  const { diagnostics } = resolveIn(flavour('units:', `  - {${verb}: login, reason: second}`));
  expect(diagnostics.map(asLine)).toEqual([
    `unit-contradiction flavours/small.yaml:6:${verb.length + 8} \`getty@tty1.service\` is to be ${verb}${verb === 'mask' ? 'ed' : 'd'} (flavour small) and enabled (core)`,
  ]);
  expect(diagnostics[0]?.related).toMatchObject([{ message: 'enabled here: first', span: { start: { line: 4 } } }]);
});

test('the same statement twice is fine, and said once', () => {
  const { flavour: resolved } = resolveIn(flavour('units:', '  - {enable: login, reason: second}'));
  expect(resolved?.units.map(({ reason }) => reason)).toEqual(['first']);
});

test('two values of one kernel argument are an error; consoles may be several', () => {
  const { diagnostics } = resolveIn(
    flavour(
      'kernelArguments:',
      '  - {argument: console=ttyS0, reason: also}',
      '  - {argument: iommu=on, reason: safe}',
    ),
  );
  expect(diagnostics.map(asLine)).toEqual([
    'kernel-argument-contradiction flavours/small.yaml:7:16 `iommu=on` (flavour small) contradicts `iommu=pt` (core)',
  ]);
});

test('kernel arguments keep their order, each once', () => {
  const { flavour: resolved } = resolveIn(
    flavour(
      'kernelArguments:',
      '  - {argument: iommu=pt, reason: again}',
      '  - {argument: console=ttyS0, reason: also}',
    ),
  );
  expect(resolved?.kernelArguments.map(({ argument }) => argument)).toEqual([
    'iommu=pt',
    'console=tty0',
    'console=ttyS0',
  ]);
});

describe('kernel arguments of which several values are wanted', () => {
  const own = (...lines: string[]) =>
    flavour('kernelArguments:', ...lines.map((one) => `  - {argument: '${one}', reason: wanted}`));
  const kept = (...lines: string[]) =>
    resolveIn(own(...lines))
      .flavour?.kernelArguments.map(({ argument }) => argument)
      .slice(2);

  test.each([
    [['hugepagesz=1G', 'hugepages=32', 'hugepagesz=2M', 'hugepages=1024']],
    [['hugepagesz=1G', 'hugepages=8', 'hugepagesz=2M', 'hugepages=8']],
    [['rd.luks.uuid=luks-1', 'rd.luks.uuid=luks-2']],
    [['pci=noaer', 'pci=realloc']],
    [['intel_iommu=on', 'intel_iommu=igfx_off']],
    [['ip=eno1:dhcp', 'ip=eno2:dhcp']],
    [['rd.driver.pre=vfio-pci', 'rd.driver.pre=vfio_iommu_type1']],
    [['systemd.mask=a.service', 'systemd.mask=b.service']],
    [['kvm.dyndbg=+p', 'vfio.dyndbg=+p', 'kvm.dyndbg=-p']],
    [['modprobe.blacklist=nouveau', 'modprobe.blacklist=nvidia']],
    [['reserve=0x300,32', 'reserve=0x400,16']],
    [['ivrs_ioapic=4@0000:00:14.0', 'ivrs_ioapic=5@0000:00:00.2']],
    [['intremap=on', 'intremap=nosid']],
    [['cgroup_disable=memory', 'cgroup_disable=pressure']],
    [['rd.luks.allow-discards=1', 'rd.luks.allow-discards=2']],
    [['rd.nvmf.discover=tcp,192.0.2.1', 'rd.nvmf.discover=tcp,192.0.2.2']],
    [['fcoe=edd:dcb', 'fcoe=eno1:nodcb']],
    [['rootfallback=/dev/sda1', 'rootfallback=/dev/sdb1']],
    [['modules_load=vfio', 'modules-load=kvm']],
  ])('%s stay, in order', (lines) => {
    expect(kept(...lines)).toEqual(lines);
  });

  test('a pair that is said twice is there once', () => {
    const pair = ['hugepagesz=2M', 'hugepages=512'];
    expect(kept(...pair, ...pair)).toEqual(pair);
  });

  test.each([
    [['intel_iommu=on', 'intel_iommu=off'], '`intel_iommu=off` (flavour small) contradicts `intel_iommu=on`'],
    [
      ['hugepagesz=2M', 'hugepages=512', 'hugepagesz=2M', 'hugepages=8'],
      '`hugepages=8` for pages of 2M (flavour small) contradicts `hugepages=512`',
    ],
    [['hugepages=4', 'hugepages=8'], '`hugepages=8` (flavour small) contradicts `hugepages=4`'],
    [
      ['vfio-pci.ids=10de:1', 'vfio_pci.ids=10de:2'],
      '`vfio_pci.ids=10de:2` (flavour small) contradicts `vfio-pci.ids=10de:1`',
    ],
    [
      ['module_blacklist=a', 'module_blacklist=b'],
      '`module_blacklist=b` (flavour small) contradicts `module_blacklist=a`',
    ],
    [['mitigations=off', 'mitigations=auto'], '`mitigations=auto` (flavour small) contradicts `mitigations=off`'],
  ])('of %s one only can hold', (lines, told) => {
    const { diagnostics } = resolveIn(own(...lines));
    expect(diagnostics.map(({ message }) => message)).toEqual([expect.stringContaining(told)]);
  });

  // Kernel 6.12 copies each over the one before: events of the first were lost without a word.
  test.each(['trace_event=kvm:*', 'kprobe_event=p,vfs_read'])('of two %s the last would hold', (first) => {
    const second = `${first.split('=', 1)[0]}=other`;
    const [finding] = resolveIn(own(first, second)).diagnostics;
    expect(finding?.message).toContain(`\`${second}\` (flavour small) contradicts \`${first}\``);
  });

  test('a list that is given twice says how to join it', () => {
    const [finding] = resolveIn(own('vfio-pci.ids=10de:1', 'vfio-pci.ids=10de:2')).diagnostics;
    expect(finding?.hint).toBe('it takes one value, a list: join them by commas');
  });
});
