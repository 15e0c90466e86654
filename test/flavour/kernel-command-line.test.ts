import { expect, test } from 'vitest';
import { splitKernelCommandLine } from '../../scripts/flavour/kernel-command-line.ts';

test.each([
  ['', []],
  ['quiet', ['quiet']],
  ['  quiet\t iommu=pt \n', ['quiet', 'iommu=pt']],
  ['a dyndbg="file x +p; y" b="c d"', ['a', 'dyndbg="file x +p; y"', 'b="c d"']],
  // Around the whole argument, and in its middle.
  ['"dyndbg=file x +p" rest', ['"dyndbg=file x +p"', 'rest']],
  ['a="b c"d" e "f g', ['a="b c"d" e "f', 'g']],
  ['a="" b', ['a=""', 'b']],
  // No other quote and no escape.
  ["a='b c' d\\ e", ["a='b", "c'", 'd\\', 'e']],
  // One that is not closed reaches to the end.
  ['quiet dyndbg="file x +p', ['quiet', 'dyndbg="file x +p']],
])('%j', (commandLine, wanted) => {
  expect(splitKernelCommandLine(commandLine)).toEqual(wanted);
});
