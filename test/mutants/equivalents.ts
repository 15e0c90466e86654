import type { Equivalent } from './equivalent.ts';

/** All mutants that were looked at and found to change nothing. */
export const equivalents: readonly Equivalent[] = [
  {
    file: 'scripts/process/line-splitter.ts',
    context: "this.#rest = parts.pop() ?? '';",
    original: "''",
    replacement: '"Stryker was here!"',
    reason: 'split answers at least one part; the other side is for the type only',
  },
  {
    file: 'scripts/process/namespaces.ts',
    original: 'process.getuid?.()',
    replacement: 'process.getuid()',
    reason: 'only Windows has no getuid, where this program does not run',
  },
  {
    file: 'scripts/process/process-mark.ts',
    original: 'start === undefined',
    replacement: 'false',
    reason: 'the kernel writes 52 fields; the other side is for the type only',
  },
  {
    file: 'scripts/process/process-mark.ts',
    original: '{\n    return undefined;\n  }',
    replacement: '{}',
    reason: 'a function that ends without return answers undefined',
  },
  {
    file: 'scripts/process/recording-runner.ts',
    original: '() => ({})',
    replacement: '() => undefined',
    reason: 'spreading undefined adds as little as spreading an empty object',
  },
];
