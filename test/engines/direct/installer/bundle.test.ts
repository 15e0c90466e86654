import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { bundleProgram } from '../../../../scripts/engines/direct/installer/bundle.ts';
import { CommandFailed, SystemRunner } from '../../../../scripts/process/index.ts';
import { checkout } from '../../../render/shipped.ts';

const source = 'scripts/installation/small.ts';

/** What a medium's program does first: it reads a kickstart. */
const small = `/*! Words of a licence. */
import { parse } from 'kickstart-parser';
const text = std.loadFile(scriptArgs[1]) ?? '';
std.out.puts(parse(text, { file: 'answers' }).nodes.length + ' lines \u2603');
`;

/** Bundles a program of that text in a checkout of its own. */
function bundle(text: string): Promise<string> {
  const elsewhere = mkdtempSync(path.join(tmpdir(), 'elsewhere-'));
  mkdirSync(path.join(elsewhere, path.dirname(source)), { recursive: true });
  writeFileSync(path.join(elsewhere, source), text);
  for (const name of ['node_modules', 'package.json', 'scripts/kickstart-parser'])
    symlinkSync(path.join(checkout, name), path.join(elsewhere, name));
  return bundleProgram(new SystemRunner(), elsewhere, source);
}

test('the program is one module that needs nothing beside it', async () => {
  const text = await bundle(small);
  expect(text).not.toMatch(/\bimport\b|\brequire\(|node:/);
  expect(text).toContain('☃');
  expect(text).not.toContain('Words of a licence');
  // The parser is inside.
  expect(text).toContain('%anaconda');
});

test('its text is the same, wherever the checkout lies', async () => {
  expect(await bundle(small)).toBe(await bundle(small));
});

test('the program of this checkout is such a one', async () => {
  const text = await bundleProgram(new SystemRunner(), checkout);
  expect(text).not.toMatch(/\brequire\(|\bprocess\.|node:/);
  expect(text).toContain('phyllome-install --unattended');
});

test.each(['node:fs', 'yaml', 'std'])('%s is not on a medium, so that no program there can need it', async (name) => {
  const needy = bundle(`import * as it from '${name}';\nconsole.log(it);\n`);
  await expect(needy).rejects.toThrow('needs what QuickJS does not have: import*as');
});

test('what cannot be bundled is told in the words of the bundler', async () => {
  await expect(bundleProgram(new SystemRunner(), checkout, 'scripts/no-such.ts')).rejects.toThrow(CommandFailed);
});
