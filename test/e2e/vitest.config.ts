import { defineConfig } from 'vitest/config';
import unit from '../vitest.config.ts';

/**
 * Tests of machines: they boot what the set-up built, or a medium of their own, and take nothing out of the cache that others
 * build. Not all that do are here, as both halves shall take about as long.
 */
const machines = [
  'test/e2e/install/**/*.test.ts',
  'test/e2e/keys/*.test.ts',
  'test/e2e/lab/{accelerator,boot,fallback,fat-copy,hand-over,killed,machine}.test.ts',
  'test/e2e/image/{disks,side-by-side}.test.ts',
  'test/e2e/foreign/foreign.test.ts',
  'test/e2e/versions/**/*.test.ts',
];

/**
 * What a machine may take, the lab says, by the speed that was measured: its deadlines end a test with the cause. This one is
 * for what hangs outside of a machine, so that it is no file's own business.
 */
const limitMs = 40 * 60_000;
const common = {
  ...unit,
  test: { globalSetup: 'test/e2e/build-nano.ts', testTimeout: limitMs, hookTimeout: limitMs },
};
const images = { include: ['test/e2e/**/*.test.ts'], exclude: machines };

/**
 * Real builds and boots, none of them retried. Within each of the two halves one file runs after the other: those of
 * `images` change what is built. `ci/test` runs the halves beside each other, each with a PHYLLOME_OUT of its own;
 * without `--project`, they run one after the other.
 */
export default defineConfig({
  ...unit,
  test: {
    fileParallelism: false,
    sequence: { concurrent: false },
    bail: 0,
    projects: [
      { ...common, test: { ...common.test, name: 'machines', include: machines } },
      { ...common, test: { ...common.test, name: 'images', ...images } },
    ],
  },
});
