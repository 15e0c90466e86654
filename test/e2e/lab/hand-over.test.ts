import { mkdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readHardware } from '../../../scripts/flavour/index.ts';
import { type Dump, judge, readDump, unexpectedGroups } from '../../../scripts/hardware/index.ts';
import type { Manifest } from '../../../scripts/image/index.ts';
import { findAccelerator } from '../../../scripts/lab/accelerator/index.ts';
import type { LabRun } from '../../../scripts/lab/boot/lab-run.ts';
import { loadTopology, resolveTopology } from '../../../scripts/lab/topology/index.ts';
import { checkoutDirectory } from '../../../scripts/places/index.ts';
import { SystemRunner } from '../../../scripts/process/index.ts';
import { phyllome, places } from '../image/phyllome.ts';
import { machinesThatBoot } from './booted.ts';
import { crowded, temporaryDirectory, toolsTree } from './environment.ts';

const runner = new SystemRunner();
const booted = machinesThatBoot();
let runDir = '';
let imageFile = '';
let run: LabRun;

/** Boots the machine that `kickstarts/hardware/lab.yaml` describes; with `kernelArguments` its boot entry has more. */
async function boot(name: string, kernelArguments?: readonly string[]): Promise<LabRun> {
  const accelerator = crowded(
    await findAccelerator({ requested: 'auto', runner, toolsRoot: toolsTree(), cacheDir: runDir }),
  );
  const file = loadTopology('hand-over', [checkoutDirectory(places.checkout)]);
  const topology = resolveTopology(
    { ...file, ...(kernelArguments && { boot: { from: 'kernel', kernelArguments } }) },
    { accelerator: accelerator.chosen, imageFile },
  );
  const place = path.join(runDir, name);
  mkdirSync(place);
  return booted({
    topology,
    accelerator,
    runner,
    toolsRoot: toolsTree(),
    runDir: place,
    onMilestone: () => {},
  });
}

/** The smallest image. */
beforeAll(async () => {
  const { exitCode, stderr } = await phyllome(['build', 'nano', '--hardware', 'lab']);
  if (exitCode !== 0) throw new Error(`the build failed:\n${stderr}`);
  const built = path.join(places.out, 'nano-lab');
  const manifest = JSON.parse(readFileSync(path.join(built, 'manifest.json'), 'utf8')) as Manifest;
  imageFile = path.join(built, manifest.image.file);
  runDir = await temporaryDirectory();
  run = await boot('as-the-profile-says');
});
afterAll(async () => {
  await run?.end();
  await rm(runDir, { recursive: true, force: true });
});

const ask = async (script: string): Promise<string> => (await run.guest.run(script)).stdout.trim();
const driverOf = (address: string) => ask(`basename "$(readlink /sys/bus/pci/devices/${address}/driver)"`);

describe('handed over in the initramfs', () => {
  test.each([
    ['the first of two equal cards, by the way behind its bridge', '0000:01:00.0'],
    ['the NVMe disk, by its id', '0000:03:00.0'],
    ['the graphics card, by its slot and class', '0000:04:00.0'],
    ['the sound of the graphics card', '0000:04:00.1'],
    ['the USB controller, by its address', '0000:05:00.0'],
  ])('%s', async (_, address) => {
    expect(await driverOf(address)).toBe('vfio-pci');
    // Its own driver never touched it: the kernel would have said so.
    const said = await ask(
      `journalctl -b -k -o cat | grep -F '${address}' | grep -E '^(e1000e|nvme|bochs|snd|xhci|pci-back)' ; true`,
    );
    expect(said).toBe('');
  });

  test('the serial card, by its address: its driver is part of the kernel, had it, and let go', async () => {
    expect(await driverOf('0000:07:00.0')).toBe('vfio-pci');
    expect(await ask('grep -c /8250_pci.ko /usr/lib/modules/*/modules.builtin')).toBe('1');
    const said = await ask("journalctl -b -k -o cat --grep='0000:07:00.0'");
    const [had, given] = ['is a 16550A', '0000:07:00.0 (1b36:0002) is with vfio-pci'];
    expect(said).toContain(had);
    expect(said.indexOf(given)).toBeGreaterThan(said.indexOf(had));
  });

  test('before udev was started', async () => {
    const times = await ask(
      "journalctl -b -o short-monotonic --no-pager | grep -nE 'phyllome-hand-over: .* is with vfio-pci|Started systemd-udevd.service' | sed -E 's/^([0-9]+):.*(with vfio-pci|systemd-udevd).*/\\1 \\2/'",
    );
    const lines = times.split('\n');
    const udev = lines.findIndex((line) => line.endsWith('systemd-udevd'));
    expect(lines.slice(0, udev)).toHaveLength(6);
  });

  test('and the program that did it agrees', async () => {
    expect(await ask('/usr/libexec/phyllome-hand-over --check && echo well')).toMatch(
      /^(?:\S+ \(\S+\): vfio-pci\n){6}well$/,
    );
  });
});

describe('left to the host', () => {
  test('the second of two equal cards, with its driver', async () => {
    expect(await driverOf('0000:02:00.0')).toBe('e1000e');
  });

  test('the card with virtual functions, which no driver of the host takes', async () => {
    expect(await driverOf('0000:06:00.0')).toBe('igb');
    const functions = await ask(
      'for f in /sys/bus/pci/devices/0000:06:00.0/virtfn*; do echo "$(basename "$(readlink "$f")") $([ -e "$f/driver" ] || echo free)"; done',
    );
    expect(functions.split('\n').map((line) => line.split(' ')[1])).toEqual(['free', 'free']);
  });

  test('a virtual function of it can be handed over, as libvirt does, and given back', async () => {
    const address = await ask('basename "$(readlink /sys/bus/pci/devices/0000:06:00.0/virtfn1)"');
    const bus = '/sys/bus/pci';
    const device = `${bus}/devices/${address}`;
    await ask(`echo vfio-pci > ${device}/driver_override && echo ${address} > ${bus}/drivers_probe`);
    expect(await driverOf(address)).toBe('vfio-pci');
    // In a group of its own, which a guest's QEMU opens.
    const group = await ask(`basename "$(readlink ${device}/iommu_group)"`);
    expect(await ask(`ls ${device}/iommu_group/devices`)).toBe(address);
    expect(await ask(`test -c /dev/vfio/${group} && echo there`)).toBe('there');
    expect(await driverOf('0000:06:00.0')).toBe('igb');
    await ask(`echo > ${device}/driver_override; echo ${address} > ${device}/driver/unbind`);
    expect(await ask(`test -e ${device}/driver || echo free`)).toBe('free');
  });
});

describe('described by the probe', () => {
  const probe = readFileSync(path.join(places.checkout, 'scripts/hardware/probe.sh'), 'utf8');
  let asRoot: Dump | undefined;
  const described = async (as: string): Promise<Dump> => {
    const { stdout } = await run.guest.run(`${as} <<'END_OF_PROBE'\n${probe}\nEND_OF_PROBE`);
    const { dump, diagnostics } = readDump('the lab machine', stdout);
    expect(diagnostics).toEqual([]);
    if (!dump) throw new Error('a dump without findings is read');
    return dump;
  };

  test('as its profile says', async () => {
    const dump = await described('sh -s');
    asRoot = dump;
    const { data: profile } = readHardware('lab', [checkoutDirectory(places.checkout)]);
    expect(profile && unexpectedGroups(profile, dump)).toEqual([]);
    const { host, cards } = judge(dump);
    expect(host).toMatchObject({ processor: 'ready', iommu: 'on' });
    // The lab's IOMMU does not remap interrupts (they would make Linux panic under emulation), and the probe notices.
    expect(host.changes).toEqual([expect.stringContaining('interrupt remapping')]);
    const answers = new Map(cards.map(({ card, answer }) => [card.main.address, answer]));
    expect(answers.get('0000:01:00.0')).toBe('yes');
    expect(cards.find(({ card }) => card.main.address === '0000:04:00.0')?.card.functions).toHaveLength(2);
    // The image is in the CD drive of the SATA controller.
    expect(answers.get('0000:00:1f.2')).toBe('no');
  });

  test('as an ordinary user, who sees no less but the kernel messages', async () => {
    const theirs = await described('setpriv --reuid=65534 --regid=65534 --clear-groups sh -s');
    expect(theirs.functions).toEqual(asRoot?.functions);
    expect(theirs.processor).toEqual(asRoot?.processor);
    expect([asRoot?.unseen, theirs.unseen]).toEqual([[], ['kernel-messages']]);
  });
});

describe('taken back by the boot entry', () => {
  beforeAll(async () => {
    await run.end();
    // The ids of the profile are the module's own setting, which the boot entry can set, too.
    run = await boot('taken-back', ['phyllome.hand_over=0', 'vfio-pci.ids=']);
  });

  test('every device is with the driver that the host has for it', async () => {
    const { stdout } = await run.guest.run(
      'for a in 01:00.0 03:00.0 04:00.0 04:00.1 05:00.0 07:00.0; do basename "$(readlink /sys/bus/pci/devices/0000:$a/driver)"; done',
    );
    expect(stdout.trim().split('\n')).toEqual(['e1000e', 'nvme', 'bochs-drm', 'snd_hda_intel', 'xhci_hcd', 'serial']);
  });

  test('and the doctor of the host can tell', async () => {
    const { stdout, status } = await run.guest.run('/usr/libexec/phyllome-hand-over --check', {
      allowFailure: true,
    });
    expect(status).toBe(1);
    expect(stdout).toContain('0000:01:00.0 (8086:10d3): e1000e instead of vfio-pci');
  });
});
