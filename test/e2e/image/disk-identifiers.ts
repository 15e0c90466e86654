import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  defaultTopologyFile,
  findAccelerator,
  resolveTopology,
  startLabRun,
  waitForBoot,
} from '../../../scripts/lab/index.ts';
import { SystemRunner } from '../../../scripts/process/index.ts';
import { crowded, toolsTree } from '../lab/environment.ts';
import { places } from './phyllome.ts';

/** Starts a copy of the image, and asks what its disk is called by. */
export async function identifiersOf(flavour: string): Promise<readonly string[]> {
  const runDir = mkdtempSync(path.join(tmpdir(), 'phyllome-copy-'));
  const means = { runner: new SystemRunner(), toolsRoot: toolsTree() };
  const accelerator = crowded(await findAccelerator({ ...means, cacheDir: places.cache, requested: 'auto' }));
  const imageFile = path.join(places.out, flavour, `phyllome-${flavour}-debian-13.qcow2`);
  const topology = resolveTopology(defaultTopologyFile, { accelerator: accelerator.chosen, imageFile });
  const run = await startLabRun({ ...means, topology, accelerator, runDir, onMilestone: () => {} });
  try {
    await waitForBoot(run, accelerator.timeScale);
    const { stdout } = await run.guest.run(
      `for part in /dev/vda /dev/vda[0-9]*; do blkid -p -o export "$part" | sed -n 's/^\\(PTUUID\\|PART_ENTRY_UUID\\)=//p'; done
blkid -p -s UUID -o value "$(findmnt -nvo SOURCE /)"`,
    );
    return [...new Set(stdout.trim().split('\n'))];
  } finally {
    await run.end();
    rmSync(runDir, { recursive: true });
  }
}
