import { expect, test } from 'vitest';
import {
  choice,
  completionOf,
  type Declaration,
  everywhere,
  flag,
  onOrOff,
  operand,
  option,
  optionalOperand,
  options,
  text,
} from '../../scripts/command-line/index.ts';

const base = option(text('base', { names: 'base' }), 'distribution');
const declarations: readonly Declaration[] = [
  {
    name: 'build',
    help: { summary: 'make it' },
    flags: {
      flavour: operand(text('flavour', { names: 'flavour' }), ''),
      to: optionalOperand(text('to', 'directories'), ''),
      base,
      only: options(text('check', { names: 'check' }), ''),
      accel: option(choice('accelerator', ['auto', 'kvm']), ''),
      iso: option(text('file', 'files'), ''),
      memory: option(text('MiB'), ''),
      dryRun: flag('do nothing'),
      window: onOrOff('on', 'off'),
    },
  },
  {
    name: 'lint',
    help: { summary: 'find faults' },
    flags: { flavour: operand(text('flavour', { names: 'flavour', orFile: true }), '') },
  },
  { name: 'hardware probe', help: { summary: 'look' }, flags: {} },
  { name: 'hardware check', help: { summary: 'judge' }, flags: {} },
  { name: 'answer', help: { summary: 'for shells', hidden: true }, flags: {} },
];
const names = { flavour: ['nano', 'headless'], base: ['debian-13', 'fedora-44'], check: ['idle', 'iommu'] };

/** The words offered for the last of `line`; `|` is where the cursor is. */
async function offered(line: string): Promise<string> {
  const offer = await completionOf({
    words: line.split(' '),
    declarations,
    everywhere,
    groups: { hardware: 'computers' },
    namesOf: async (named) =>
      Object.entries(names)
        .flatMap(([of, all]) => (of === named ? all : []))
        .map((word) => ({ word })),
  });
  return typeof offer === 'string' ? `:${offer}` : offer.map(({ word }) => word).join(' ');
}

test.each([
  ['', 'build lint hardware'],
  ['b', 'build'],
  ['--d', '--dir'],
  ['--dir ', ':directories'],
  ['--dir x l', 'lint'],
  ['hardware ', 'probe check'],
  ['hardware c', 'check'],
  ['nonsense ', ''],
  ['build n', 'nano'],
  ['build --base ', 'debian-13 fedora-44'],
  ['build --base fedora-44 n', 'nano'],
  ['build nano --base = f', 'fedora-44'],
  ['build nano --base =', 'debian-13 fedora-44'],
  ['build nano --base=f', '--base=fedora-44'],
  ['build nano --accel ', 'auto kvm'],
  ['build nano --iso ', ':files'],
  ['build nano --memory ', ''],
  ['build nano ', ':directories'],
  ['build nano out ', ''],
  ['build nano --only ', 'idle iommu'],
  ['build nano --only idle io', 'iommu'],
  ['build --dry-run n', 'nano'],
  ['build nano --dry-run --d', '--dir'],
  ['build nano --w', '--window'],
  ['build nano --no', '--no-window'],
  ['build nano --h', '--help'],
  ['lint na', 'nano'],
  ['lint ./x', ':files'],
])('after `%s` a shell offers `%s`', async (line, expected) => {
  expect(await offered(line)).toBe(expected);
});
