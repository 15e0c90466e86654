import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { check, model, parse } from 'kickstart-parser';
import { expect, onTestFinished, test } from 'vitest';
import { kickstartVersion } from '../../scripts/prepare/index.ts';
import { renderShipped, resolveShipped, shipped } from './shipped.ts';

/** The same script stands in many kickstarts: each is given to bash once. */
const scripts = new Set<string>();
const checkShell = (script: string) => {
  scripts.add(script);
  return [];
};

test('at least sixty kickstarts are shipped', () => {
  expect(shipped.length).toBeGreaterThanOrEqual(60);
});

test.each(shipped)('%s on %s: livemedia-creator has no objection to what is rendered', (flavour, base) => {
  const document = parse(renderShipped(flavour, base).kickstart, { file: `${flavour}.${base}.ks` });
  const version = kickstartVersion(resolveShipped(flavour, base).base);
  const isBareMetal = !flavour.startsWith('virtual-') && resolveShipped(flavour, base).components.some(hasFirmware);
  // A root in a subvolume is on a disk: no other image has one.
  const livemediaTarget = model(document, version).commands.btrfs.length > 0 ? 'disk' : 'iso';
  expect(check(document, { version, profile: 'livemedia', livemediaTarget, isBareMetal, checkShell })).toEqual([]);
});

const hasFirmware = ({ name }: { readonly name: string }) => name.startsWith('firmware-');

test('every script in them is valid shell', () => {
  expect(scripts.size).toBeGreaterThan(50);
  const scratch = mkdtempSync(path.join(tmpdir(), 'phyllome-scripts-'));
  onTestFinished(() => rmSync(scratch, { recursive: true }));
  for (const [index, script] of [...scripts].entries()) writeFileSync(path.join(scratch, String(index)), script);
  const all = 'status=0; for file in "$0"/*; do bash --norc -n "$file" || status=1; done; exit $status';
  expect(spawnSync('sh', ['-c', all, scratch], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
});
