import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { cacheWithBundle } from '../command-bundle.ts';
import { scratchDirectory } from '../commands/recording-context.ts';
import { checkout } from '../render/shipped.ts';

const program = path.join(checkout, 'ci/phyllome');

/** A flavour whose kickstart the direct engine cannot honour. */
function mine(): string {
  const directory = scratchDirectory();
  const component =
    'component: odd\nsummary: cannot be honoured\nkickstart:\n  - command: zerombr\n    reason: a test\n  - command: iscsi --target=x --ipaddr=192.0.2.1\n    reason: a test\n';
  for (const [name, text] of [
    ['flavours/odd.yaml', 'flavour: odd\nsummary: cannot be honoured\nextends: nano\ncomponents: [odd]\n'],
    ['overlays/odd/component.yaml', component],
  ] as const) {
    mkdirSync(path.dirname(path.join(directory, name)), { recursive: true });
    writeFileSync(path.join(directory, name), text);
  }
  return directory;
}

test('a dry run that fails leaves nothing in out/, and shows the line all the same', { timeout: 120_000 }, () => {
  const directory = mine();
  const out = path.join(directory, 'out');
  const env = {
    ...process.env,
    PHYLLOME_OUT: out,
    NO_COLOR: '1',
    PHYLLOME_CACHE: cacheWithBundle(path.join(directory, 'cache')),
  };
  const dry = () => spawnSync(program, ['--dir', directory, 'build', 'odd', '--dry-run'], { env, encoding: 'utf8' });
  const first = dry();
  expect(first.status).toBe(1);
  expect(first.stderr).toContain('iscsi --target=x');
  expect(existsSync(path.join(out, 'odd'))).toBe(false);

  // What an earlier build left stays as it was.
  mkdirSync(path.join(out, 'odd'), { recursive: true });
  writeFileSync(path.join(out, 'odd/odd.ks'), '# of the image\n');
  expect(dry().status).toBe(1);
  expect(readdirSync(path.join(out, 'odd'))).toEqual(['odd.ks']);
  expect(readFileSync(path.join(out, 'odd/odd.ks'), 'utf8')).toBe('# of the image\n');

  // One that ends well leaves the kickstart that its commands name.
  execFileSync(program, ['build', 'nano', '--dry-run'], { env });
  expect(readdirSync(path.join(out, 'nano')).sort()).toEqual(['nano.ks', 'nano.map.json']);
});
