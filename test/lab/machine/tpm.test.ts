import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { startTpm } from '../../../scripts/lab/machine/tpm.ts';
import { RecordingRunner } from '../../../scripts/process/index.ts';

test('the TPM of a machine has one bank of registers, as libvirt makes it, before swtpm starts', async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'tpm-'));
  const runner = new RecordingRunner();
  const starting = startTpm({ runner, toolsRoot: '/tools', directory, logFile: path.join(directory, 'qemu.log') });
  // The stand-in ends at once: that is told, too.
  await expect(starting).rejects.toThrow('swtpm exited with status 0');
  const [made, started] = runner.commands.map(({ argv }) => argv.join(' '));
  expect(made).toMatch(/swtpm_setup --tpm2 --tpmstate tpm-state --pcr-banks sha256 --lock-nvram$/);
  expect(started).toMatch(/swtpm socket --tpm2 --tpmstate dir=tpm-state/);
  await rm(directory, { recursive: true });
});
