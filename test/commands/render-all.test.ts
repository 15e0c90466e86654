import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { run as render } from '../../scripts/commands/render.ts';
import { ReportedError } from '../../scripts/diagnostic/index.ts';
import { BASE, sourceTree } from '../flavour/source-tree.ts';
import { checkout } from '../render/shipped.ts';
import { recordingContext } from './recording-context.ts';

/** A checkout with two small flavours on one base. */
function smallCheckout() {
  const root = sourceTree({
    'kickstarts/bases/test-1.yaml': BASE,
    'kickstarts/flavours/small.yaml': 'flavour: small\nsummary: a small one\nbase: test-1\ncomponents: [core]\n',
    'kickstarts/flavours/large.yaml': 'flavour: large\nsummary: a large one\nextends: small\n',
  });
  symlinkSync(path.join(checkout, 'kickstarts/templates'), path.join(root, 'kickstarts/templates'));
  const { context, output, scratch } = recordingContext();
  const places = { ...context.places, checkout: root };
  return { root, scratch, output, context: { ...context, places } };
}

test('the set is written, is as committed, and is told from what is rendered after a change', () => {
  const { root, output, context } = smallCheckout();
  render({ all: true, update: true }, context);
  expect(output()).toBe(`what is committed of 2 kickstarts is written to ${path.join(root, 'test/golden')}`);
  render({ all: true, check: true }, context);
  expect(output()).toMatch(/^2 kickstarts are as committed$/m);

  const component = path.join(root, 'overlays/core/component.yaml');
  writeFileSync(component, readFileSync(component, 'utf8').replace('[shell]', '[shell, tools]'));
  const found = caught(() => render({ all: true, check: true }, context));
  expect(found.exitCode).toBe(1);
  expect(found.diagnostics).toMatchObject([
    {
      code: 'rendered-set',
      span: { file: 'overlays/core/component.yaml', start: { line: 3 } },
      message: 'component core changes 2 kickstarts: every flavour\npackages: 2 new\n  + tool-a\n  + tool-b',
    },
  ]);
  render({ all: true, update: true }, context);
  render({ all: true, check: true }, context);
  expect(output().match(/are as committed/g)).toHaveLength(2);
});

test('kickstarts are written as they are, with those of one’s own', () => {
  const { scratch, output, context } = smallCheckout();
  const out = path.join(scratch, 'kickstarts');
  render({ all: true, out }, context);
  expect(readdirSync(out)).toEqual(['large.test-1.ks', 'small.test-1.ks']);
  expect(readFileSync(path.join(out, 'small.test-1.ks'), 'utf8')).toMatch(/^bash$/m);
  expect(output()).toBe(`2 kickstarts written to ${out}`);
});

test('neither kickstarts nor what is committed of them is written over something else', () => {
  const { scratch, context } = smallCheckout();
  const out = path.join(scratch, 'set');
  render({ all: true, update: true, out }, context);
  expect(caught(() => render({ all: true, out }, context)).message).toBe(
    `${out} holds what is committed of the kickstarts, not the kickstarts`,
  );
  const other = path.join(scratch, 'other');
  mkdirSync(other);
  writeFileSync(path.join(other, 'mine'), '');
  const refused = caught(() => render({ all: true, update: true, out: other }, context));
  expect(refused.exitCode).toBe(2);
  expect(refused.message).toBe(`${other} holds other files, and --update removes what it does not write`);
  expect(readdirSync(other)).toEqual(['mine']);
});

test.each([
  ['nothing', undefined, {}],
  ['a flavour and all', 'nano', { all: true }],
  ['a check of one', 'nano', { check: true }],
  ['an update of one', 'nano', { update: true }],
  ['a check and an update', undefined, { all: true, check: true, update: true }],
])('%s is no command', (_, name, options) => {
  const asked = { ...(name !== undefined && { flavour: name }), ...options };
  expect(caught(() => render(asked, recordingContext().context)).exitCode).toBe(2);
});

function caught(work: () => void): ReportedError {
  try {
    work();
  } catch (error) {
    if (error instanceof ReportedError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
