import { expect, test } from 'vitest';
import { phyllome } from './phyllome.ts';

test('Debian’s archive has every package that a component or flavour names', async () => {
  const { exitCode, stdout, stderr } = await phyllome(['render', '--all', '--base', 'debian-13', '--check-packages']);
  expect(stderr).not.toContain('unknown-package');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^debian-13: its repositories have all of \d{2,} packages$/m);
}, 600_000);
