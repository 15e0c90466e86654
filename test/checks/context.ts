import type { CheckContext } from '../../scripts/checks/index.ts';
import type { Manifest } from '../../scripts/image/manifest.ts';
import type { MachineControl } from '../../scripts/lab/boot/machine-control.ts';
import type { GuestResult } from '../../scripts/lab/guest/channel.ts';
import { Guest } from '../../scripts/lab/guest/guest.ts';
import type { Topology } from '../../scripts/lab/machine/topology.ts';
import { defaultTopology } from '../../scripts/lab/topology/index.ts';

/** What the guest of a test answers to a script: its standard output, or a status with standard error. */
export type Answers = (script: string) => string | Buffer | { readonly status: number; readonly stderr: string };

/** A guest that is not there: `answers` speaks for it. */
function guestThat(answers: Answers): Guest {
  const request = async (script: string): Promise<GuestResult> => {
    const answer = answers(script);
    if (Buffer.isBuffer(answer)) return { status: 0, stdout: answer, stderr: Buffer.of() };
    const text = typeof answer === 'string' ? { status: 0, stdout: answer, stderr: '' } : { ...answer, stdout: '' };
    return { status: text.status, stdout: Buffer.from(text.stdout), stderr: Buffer.from(text.stderr) };
  };
  return new Guest({ request }, 1);
}

export function manifestWith(change: Partial<Manifest> = {}): Manifest {
  return {
    schema: 1,
    accountsWithPassword: [],
    acknowledged: [],
    flavour: 'nano',
    base: 'debian-13',
    inputHash: 'hash',
    image: { file: 'nano.iso', kind: 'live-iso', volumeId: 'NANO', sizeBytes: 1, sha256: 'sum' },
    outputs: [],
    kernelArguments: [],
    packages: [],
    units: [],
    userUnits: [],
    files: [],
    sizes: { rootBytes: 1, squashfsBytes: 1, initramfsBytes: 1, kernelBytes: 1 },
    budgets: {},
    checks: [],
    ...change,
  };
}

/** A machine of some topology that can do nothing. */
export function machineOf(change: Partial<Topology>): MachineControl {
  const cannot = () => Promise.reject(new Error('there is no machine in this test'));
  const usual = defaultTopology({ accelerator: 'tcg', imageFile: '/out/nano/nano.iso' });
  return {
    topology: { ...usual, ...change },
    consoleLines: [],
    findings: [],
    reboot: cannot,
    powerCut: cannot,
    hotplug: cannot,
    screenshot: cannot,
    picture: cannot,
    press: cannot,
    type: cannot,
    bytesWritten: cannot,
    snapshot: cannot,
    restore: cannot,
  };
}

/** A context long after boot, so that nothing waits. */
export function contextThat(
  answers: Answers,
  manifest: Partial<Manifest> = {},
  machine: MachineControl = machineOf({}),
): CheckContext {
  return {
    guest: guestThat(answers),
    machine,
    expect: manifestWith(manifest),
    injectedUnits: ['phyllome-lab-agent.service'],
    injectedSlice: 'phyllome.slice/phyllome-lab.slice',
    injectedKernelMiB: 12,
    secondsSinceSettled: () => 1000,
    scaled: (seconds) => seconds,
  };
}

export const unit = (name: string, preset: 'enable' | 'disable' | 'mask') => ({
  name,
  preset,
  state: 'enabled',
  component: 'base',
  reason: 'a test',
});
