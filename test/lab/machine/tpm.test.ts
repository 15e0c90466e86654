import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTpm } from '../../../scripts/lab/machine/tpm.ts';
import { RecordingRunner } from '../../../scripts/process/index.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'tpm-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** What is run for a TPM whose state is in `stateDirectory`. swtpm's stand-in ends at once: that is told, too. */
async function commandsFor(stateDirectory: string): Promise<string[]> {
  const runner = new RecordingRunner();
  const logFile = path.join(directory, 'qemu.log');
  const starting = startTpm({ runner, toolsRoot: '/tools', directory, stateDirectory, logFile });
  await expect(starting).rejects.toThrow('swtpm exited with status 0');
  return runner.commands.map(({ argv }) => argv.join(' '));
}

test('the TPM of a machine has one bank of registers, as libvirt makes it, before swtpm starts', async () => {
  const [made, started] = await commandsFor(directory);
  expect(made).toMatch(/swtpm_setup --tpm2 --tpmstate \S+\/tpm-state --pcr-banks sha256 --lock-nvram$/);
  expect(started).toContain(`swtpm socket --tpm2 --tpmstate dir=${directory}/tpm-state`);
});

test('a TPM that was made for an earlier machine is not made anew', async () => {
  const kept = path.join(directory, 'kept');
  await mkdir(path.join(kept, 'tpm-state'), { recursive: true });
  // Whoever was interrupted while it was made left the directory alone.
  expect(await commandsFor(kept)).toHaveLength(2);
  await writeFile(path.join(kept, 'tpm-state/tpm2-00.permall'), '');
  const commands = await commandsFor(kept);
  expect(commands).toHaveLength(1);
  expect(commands[0]).toContain(`swtpm socket --tpm2 --tpmstate dir=${kept}/tpm-state`);
});
