import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  choice,
  count,
  flag,
  inWords,
  onOrOff,
  operand,
  operands,
  option,
  optionalOperand,
  optionOr,
  options,
  text,
  type Values,
} from '../../scripts/command-line/index.ts';
import { readValues } from '../../scripts/command-line/read-values.ts';
import { UsageError } from '../../scripts/diagnostic/index.ts';

const engine = choice('engine', ['direct', 'livemedia']);
const flags = {
  flavour: operand(text('flavour'), 'which'),
  file: optionalOperand(text('file'), 'where'),
  engine: option(engine, 'how', { usually: 'direct' }),
  accel: optionOr(choice('accelerator', ['auto', 'kvm']), 'by what', 'auto'),
  times: option(count('times', 'boots'), 'how often'),
  only: options(text('check'), 'these'),
  dryRun: flag('do nothing'),
  window: onOrOff('open one', 'open none'),
};
type All = Values<typeof flags>;

test('what run gets is typed by the declaration: required, with a default, absent where nothing was typed', () => {
  expectTypeOf<All['flavour']>().toEqualTypeOf<string>();
  expectTypeOf<All['accel']>().toEqualTypeOf<'auto' | 'kvm'>();
  expectTypeOf<All>().toExtend<{ engine?: 'direct' | 'livemedia'; times?: number; only?: readonly string[] }>();
  expectTypeOf<{ flavour: string; accel: 'kvm' }>().toExtend<All>();
  expectTypeOf<{ flavour: string }>().not.toExtend<All>();
});

test('values are read by their declaration; what was not typed has no key', () => {
  expect(readValues(flags, { operands: ['nano'], options: {} })).toEqual({ flavour: 'nano', accel: 'auto' });
  const typed = { engine: 'livemedia', accel: 'kvm', times: '10', only: ['a', 'b'], dryRun: true, window: false };
  expect(readValues(flags, { operands: ['nano', 'x.ks'], options: typed })).toEqual({
    flavour: 'nano',
    file: 'x.ks',
    ...typed,
    times: 10,
  });
  expect(readValues({ words: operands(text('words'), '') }, { operands: [['a', 'b']], options: {} })).toEqual({
    words: ['a', 'b'],
  });
});

describe('a value that is not allowed is a usage error that says what is', () => {
  test.each<[Readonly<Record<string, string>>, string]>([
    [{ engine: 'magic' }, '--engine magic: must be direct, livemedia'],
    [{ accel: '' }, '--accel : must be auto, kvm'],
    [{ times: '0' }, '--times 0: must be a whole number of boots from 1 on'],
    ...['1.5', '-1', 'x', '', '12345678', ' 1', '1e3'].map((times): [{ times: string }, string] => [
      { times },
      `--times ${times}: must be a whole number of boots from 1 on`,
    ]),
  ])('%j', (typed, message) => {
    const read = () => readValues(flags, { operands: ['nano'], options: typed });
    expect(read).toThrow(UsageError);
    expect(read).toThrow(message);
  });

  test('of an operand, by its name', () => {
    const shell = { shell: operand(engine, '') };
    expect(() => readValues(shell, { operands: ['x'], options: {} })).toThrow('<engine> x: must be direct, livemedia');
  });
});

test.each([
  [['a'], 'a'],
  [['a', 'b'], 'a or b'],
  [['a', 'b', 'c'], 'a, b or c'],
])('%j in words', (words, expected) => {
  expect(inWords(words)).toBe(expected);
});
