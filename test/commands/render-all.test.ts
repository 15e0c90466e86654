import { appendFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { run as render } from '../../scripts/commands/render.ts';
import { ReportedError } from '../../scripts/diagnostic/index.ts';
import { recordingContext } from './recording-context.ts';

test('the whole set is written; unchanged it passes the check, and each change in it is named', () => {
  const { context, output, scratch } = recordingContext();
  const out = path.join(scratch, 'set');
  render({ all: true, out }, context);
  expect(readdirSync(out)).toContain('nano.debian-13.ks');
  expect(output()).toMatch(/^\d+ kickstarts written to /);
  render({ all: true, check: true, out }, context);
  expect(output()).toMatch(/^\d+ kickstarts are as committed$/m);

  appendFileSync(path.join(out, 'nano.debian-13.ks'), 'reboot\n');
  rmSync(path.join(out, 'nano.fedora-44.ks'));
  renameSync(path.join(out, 'headless.debian-13.ks'), path.join(out, 'old.debian-13.ks'));
  const found = caught(() => render({ all: true, check: true, out }, context));
  expect(found).toBeInstanceOf(ReportedError);
  const { message } = found as ReportedError;
  expect(message).toMatch(/set\/nano\.debian-13\.ks: differs\n@@ line \d+ @@[\s\S]*^-reboot/m);
  expect(message).toMatch(/set\/nano\.fedora-44\.ks: is not committed/);
  expect(message).toMatch(/set\/old\.debian-13\.ks: no flavour renders this any more/);
});

test.each([
  ['nothing', undefined, {}],
  ['a flavour and all', 'nano', { all: true }],
  ['a check of one', 'nano', { check: true }],
])('%s is no command', (_, name, options) => {
  expect(() =>
    render({ ...(name !== undefined && { flavour: name }), ...options }, recordingContext().context),
  ).toThrow(ReportedError);
});

function caught(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
