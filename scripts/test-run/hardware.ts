import { type Accelerator, defaultTopologyFile, resolveTopology, type Topology } from '../lab/index.ts';
import type { TestMachine } from './test-inputs.ts';

/**
 * The whole machine for an image under one accelerator.
 * @throws EnvironmentError when the accelerator cannot make its processor
 */
export function hardwareFor(wanted: TestMachine['hardware'], imageFile: string, accelerator: Accelerator): Topology {
  if (!('exactly' in wanted)) {
    const { topology = defaultTopologyFile, firmware, memoryMiB, medium } = wanted;
    return resolveTopology(topology, {
      accelerator,
      imageFile,
      ...(firmware !== undefined && { firmware }),
      ...(medium !== undefined && { medium }),
      ...(memoryMiB !== undefined && { memoryMiB }),
    });
  }
  const { exactly } = wanted;
  // The host's own processor is known to KVM only.
  const isHost = exactly.cpu.startsWith('host') && accelerator === 'tcg';
  const cpu = isHost ? resolveTopology(defaultTopologyFile, { accelerator, imageFile }).cpu : exactly.cpu;
  const { medium } = exactly;
  const disks = exactly.disks.map((disk) => (disk.holds === medium.file ? { ...disk, holds: imageFile } : disk));
  return { ...exactly, cpu, disks, medium: { ...medium, file: imageFile } };
}
