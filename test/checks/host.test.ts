import { beforeEach, describe, expect, test } from 'vitest';
import { askDoctor, doctor } from '../../scripts/checks/doctor.ts';
import { handedOver } from '../../scripts/checks/handed-over.ts';
import { heldBytes, idleMemory, parseMemoryInformation, untilStill } from '../../scripts/checks/idle-memory.ts';
import { iommuGroups } from '../../scripts/checks/iommu-groups.ts';
import { kvmNested } from '../../scripts/checks/kvm-nested.ts';
import { libvirtAnswers } from '../../scripts/checks/libvirt-answers.ts';
import { swtpmTpm2 } from '../../scripts/checks/swtpm-tpm2.ts';
import { vfioLoaded } from '../../scripts/checks/vfio-loaded.ts';
import { contextThat } from './context.ts';

describe('kvm-nested', () => {
  const ask = (output: string) => kvmNested.run(contextThat(() => output));
  test("a device and a nesting module pass, in either vendor's spelling", async () => {
    expect(await ask('device 660 root:kvm\nkvm_amd 1\n')).toMatchObject({ status: 'passed', summary: 'kvm_amd nests' });
    expect(await ask('device 660 root:kvm\nkvm_intel Y\n')).toMatchObject({ status: 'passed' });
  });
  test('each missing part fails with its name', async () => {
    expect(await ask('kvm_amd 1\n')).toMatchObject({ status: 'failed', summary: '/dev/kvm is missing' });
    expect(await ask('device 660 root:kvm\n')).toMatchObject({ summary: 'neither kvm_amd nor kvm_intel is loaded' });
    expect(await ask('device 660 root:kvm\nkvm_amd 0\n')).toMatchObject({ summary: 'nesting is off: kvm_amd 0' });
  });
});

describe('libvirt-answers', () => {
  const ask = (
    networks: string,
    version: string | { status: number; stderr: string } = 'Running hypervisor: QEMU 10.0.3\n',
  ) => libvirtAnswers.run(contextThat((script) => (script.includes('net-list') ? networks : version)));
  test('an answer and the default network pass', async () => {
    expect(await ask('default\n\n')).toMatchObject({
      status: 'passed',
      summary: 'QEMU 10.0.3, network "default" is defined',
    });
  });
  test('no network or no answer fails', async () => {
    expect(await ask('other\n')).toMatchObject({ status: 'failed', values: { networks: ['other'] } });
    expect(await ask('', { status: 1, stderr: 'error: failed to connect to the hypervisor\n' })).toMatchObject({
      status: 'failed',
      evidence: ['error: failed to connect to the hypervisor'],
    });
  });
});

describe('vfio-loaded', () => {
  const ask = (output: string) => vfioLoaded.run(contextThat(() => output));
  test('needs the module and its registration', async () => {
    expect(await ask('/sys/module/vfio_pci\n/sys/bus/pci/drivers/vfio-pci\n')).toMatchObject({ status: 'passed' });
    expect(await ask('/sys/module/vfio_pci\n')).toMatchObject({
      status: 'failed',
      summary: 'missing: /sys/bus/pci/drivers/vfio-pci',
    });
  });
});

describe('iommu-groups', () => {
  test('counts them; none is a failure', async () => {
    expect(await iommuGroups.run(contextThat(() => '0: 0000:00:00.0 \n1: 0000:00:02.0 \n'))).toMatchObject({
      status: 'passed',
      values: { count: 2 },
    });
    expect(await iommuGroups.run(contextThat(() => ''))).toMatchObject({ status: 'failed' });
  });
});

describe('swtpm-tpm2', () => {
  const ask = (made: string | { status: number; stderr: string }, foreign = '') =>
    swtpmTpm2.run(contextThat((script) => (script.includes('swtpm_setup') ? made : foreign)));
  test('an answer with an untouched authority passes', async () => {
    expect(await ask('Successfully authored TPM state.\nptm capability is 0x3fff\n')).toMatchObject({
      status: 'passed',
    });
  });
  test('a failure, silence and a spoilt authority fail', async () => {
    expect(await ask({ status: 1, stderr: 'swtpm-localca exit with status 1' })).toMatchObject({
      status: 'failed',
      evidence: ['swtpm-localca exit with status 1'],
    });
    expect(await ask('Successfully authored TPM state.\n')).toMatchObject({
      status: 'failed',
      summary: 'swtpm did not answer',
    });
    expect(await ask('ptm capability is 0x1\n', '/var/lib/swtpm-localca/.lock.swtpm-localca\n')).toMatchObject({
      status: 'failed',
    });
  });
});

describe('idle-memory', () => {
  const answers = (script: string) => {
    if (script.includes('meminfo'))
      return 'MemTotal:        2020956 kB\nMemFree:         1756360 kB\nMemAvailable:    1764996 kB\nShmem:              8636 kB\n';
    if (script.includes('memory.stat'))
      return 'anon 3145728\nfile 99999999\nkernel 2097152\nslab_reclaimable 1048576\n';
    return '38797312 system.slice/tuned.service\n';
  };
  test('what the lab itself uses does not count', async () => {
    // 2020956 − 1764996 KiB are 249.96 MiB, of which 16 are the lab's.
    const outcome = await idleMemory.run(contextThat(answers, { budgets: { idleMemoryMiB: 234 } }));
    expect(outcome).toMatchObject({
      status: 'passed',
      values: { usedMiB: 234, labMiB: 16, budgetMiB: 234, measuredAfterSeconds: 1000 },
    });
  });
  test('above the budget fails, with the largest groups', async () => {
    expect(await idleMemory.run(contextThat(answers, { budgets: { idleMemoryMiB: 233 } }))).toMatchObject({
      status: 'failed',
      evidence: ['8.4 MiB Shmem', '37.0 MiB system.slice/tuned.service'],
    });
  });
  test('is measured when it stands still, and three minutes after boot at the latest', async () => {
    const at = async (figures: (seconds: number) => number, start: number) => {
      let seconds = start;
      const wait = async (more: number) => {
        seconds += more;
      };
      await untilStill(
        async () => figures(seconds),
        () => seconds,
        wait,
      );
      return seconds;
    };
    expect(await at((seconds) => Math.max(150, 200 - seconds), 20)).toBe(55);
    expect(await at((seconds) => seconds, 20)).toBe(180);
    expect(await at(() => 150, 500)).toBe(500);
  });
  test('figures of another shape are refused', () => {
    expect(() => parseMemoryInformation('MemTotal: 1 kB\n')).toThrow('MemAvailable');
    expect(heldBytes('')).toBe(0);
  });
});

describe('handed-over', () => {
  const ask = (output: string, dracut = '') =>
    handedOver.run(contextThat((script) => (script.includes('omit_dracutmodules') ? dracut : output)));
  const bound = '0000:01:00.0 (10de:2684): vfio-pci\n';
  const absent = '0000:07:00.*: there is no such device; nothing is handed over for it\n';
  test('passes where every named device is with vfio-pci, and where none is named', async () => {
    expect(await ask(bound)).toMatchObject({ status: 'passed', summary: 'all 1 are' });
    expect(await ask('')).toMatchObject({ status: 'passed', summary: 'no device is named' });
  });
  test('fails with the device that another driver has, and with one that is missing beside others', async () => {
    const kept = '0000:03:00.0 (8086:15f3): igc instead of vfio-pci\n';
    expect(await ask(bound + kept)).toMatchObject({ status: 'failed', summary: kept.trim() });
    expect(await ask(bound + absent)).toMatchObject({ status: 'failed', summary: absent.trim() });
  });
  test('says which configuration keeps the hand-over out of the initramfs', async () => {
    const lean = '/etc/dracut.conf.d/95-lean.conf:3:omit_dracutmodules+=" phyllome-hand-over "\n';
    const { summary } = await ask('0000:03:00.0 (8086:15f3): igc instead of vfio-pci\n', lean);
    expect(summary).toContain('; /etc/dracut.conf.d/95-lean.conf:3 leaves out of the initramfs');
  });
  test('is skipped on another computer than the image is for', async () => {
    expect(await ask(absent)).toMatchObject({ status: 'skipped' });
  });
});

describe('doctor', () => {
  const answer = (id: string, status: string) => ({ id, status, summary: `${id} is so`, advice: '' });
  let banner = '';
  beforeEach(() => {
    banner = '';
  });
  const ask = (verdict: string, ...checks: readonly object[]) =>
    doctor.run(
      contextThat((command) => (command.includes('motd') ? banner : JSON.stringify({ schema: 1, verdict, checks }))),
    );
  test('warnings pass and are named', async () => {
    expect(await ask('warnings', answer('kvm', 'ok'), answer('iommu', 'warn'))).toMatchObject({
      status: 'passed',
      summary: '1 of 2 answers are good, warnings: iommu',
      values: { warnings: ['iommu'], wrong: [] },
    });
  });
  test('a login banner that tells of what is not so fails; one that is right says it a second time', async () => {
    banner = 'This host has a problem: kvm is missing';
    expect(await ask('fine', answer('kvm', 'ok'))).toMatchObject({
      status: 'failed',
      summary: 'the login banner says otherwise: This host has a problem: kvm is missing',
    });
    expect(await ask('wrong', answer('kvm', 'fail'))).toMatchObject({ status: 'failed', summary: 'kvm is so' });
  });
  test('what is wrong fails, in the words of the doctor', async () => {
    expect(await ask('wrong', answer('kvm', 'fail'), answer('iommu', 'skip'))).toMatchObject({
      status: 'failed',
      summary: 'kvm is so',
      evidence: ['fail kvm: kvm is so', 'skip iommu: iommu is so'],
      values: { wrong: ['kvm'] },
    });
  });
  test('settings that do not take effect fail, although nothing is broken', async () => {
    expect(await ask('warnings', answer('kvm', 'ok'), answer('settings', 'warn'))).toMatchObject({
      status: 'failed',
      values: { wrong: ['settings'] },
    });
  });
  test('a device of the computer that the image is for is not missed', async () => {
    const absent = { ...answer('hand-over:0000:41:00.0', 'fail'), summary: '0000:41:00.0: there is no such device' };
    expect(await ask('wrong', answer('kvm', 'ok'), absent)).toMatchObject({ status: 'passed', values: { wrong: [] } });
  });
  test('an image without a doctor is an unanswered question', async () => {
    const { guest } = contextThat(() => ({ status: 127, stderr: 'phyllome-doctor: command not found' }));
    await expect(askDoctor(guest)).rejects.toThrow('phyllome-doctor --json exited with status 127');
  });
});
