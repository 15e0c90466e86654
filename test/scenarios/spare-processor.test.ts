import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { spareFirstProcessor, withoutFirstProcessor } from '../../scripts/scenarios/spare-processor.ts';

/** What a machine of that kind is told by the lines; its programs answer for it. */
function saysOn(virtualization: string, processors: number, lines: string): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'phyllome-spare-'));
  const program = (name: string, body: string) => {
    writeFileSync(path.join(directory, name), `#!/bin/sh\n${body}\n`);
    chmodSync(path.join(directory, name), 0o755);
  };
  program('systemd-detect-virt', `echo ${virtualization}`);
  program('nproc', `echo ${processors}`);
  for (const name of ['systemctl', 'systemd-run']) program(name, `echo ${name} "$@"`);
  const env = { PATH: `${directory}:${process.env.PATH ?? ''}` };
  return execFileSync('sh', ['-euc', lines], { env, encoding: 'utf8' }).trim();
}

const command = withoutFirstProcessor("sh -c 'echo guest'");

test('an emulated machine keeps its first processor free of guests', () => {
  expect(saysOn('qemu', 4, spareFirstProcessor)).toBe('systemctl set-property --runtime machine.slice AllowedCPUs=1-3');
  expect(saysOn('qemu', 2, command)).toBe('systemd-run --quiet --scope --property=AllowedCPUs=1-1 sh -c echo guest');
});

test.each([
  ['kvm', 4],
  ['qemu', 1],
  ['none', 8],
])('%s with %i processors lets guests run everywhere', (virtualization, processors) => {
  expect(saysOn(virtualization, processors, spareFirstProcessor)).toBe('');
  expect(saysOn(virtualization, processors, command)).toBe('guest');
});
