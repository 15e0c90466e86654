import type { TestRun } from '../../../test-run/index.ts';

/** A stretch of the boot, from power-on. */
export interface Phase {
  readonly id: 'firmware' | 'loader' | 'kernel' | 'initramfs' | 'units';
  readonly name: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * The boot in phases, as far as it came. Firmware and loader are known by the host's clock, what follows by the guest's own
 * account, set behind the moment at which the kernel first spoke.
 */
export function phasesOf(run: Pick<TestRun, 'milestones' | 'timings'>): Phase[] {
  const at = (id: string) => run.milestones.find((milestone) => milestone.id === id)?.atMs;
  const { kernelMs, guest } = run.timings;
  const loader = at('loader');
  const phases: Phase[] = [];
  const add = (id: Phase['id'], name: string, fromMs: number | undefined, toMs: number | undefined) => {
    if (fromMs !== undefined && toMs !== undefined && toMs > fromMs) phases.push({ id, name, fromMs, toMs });
  };
  add('firmware', 'firmware', 0, loader ?? kernelMs);
  add('loader', 'boot loader', loader, kernelMs);
  if (kernelMs === undefined) return phases;
  if (guest === undefined) {
    add('kernel', 'kernel', kernelMs, at('initramfs'));
    add('initramfs', 'initramfs', at('initramfs'), at('switch-root'));
    return phases;
  }
  const initramfs = kernelMs + guest.kernelMs;
  const units = initramfs + guest.initramfsMs;
  add('kernel', 'kernel', kernelMs, initramfs);
  add('initramfs', 'initramfs', initramfs, units);
  add('units', 'units', units, units + guest.userspaceMs);
  return phases;
}
