import { defineConfig } from 'vitest/config';
import unit from '../vitest.config.ts';

/**
 * Tests of machines: they boot what the set-up built, or a medium of their own, and take nothing out of the cache that others
 * build. Not all that do are here, as both halves shall take about as long.
 */
const machines = [
  'test/e2e/{faults,install}/**/*.test.ts',
  'test/e2e/lab/{accelerator,boot,fallback,hand-over,machine}.test.ts',
  'test/e2e/image/disks.test.ts',
];

const common = {
  ...unit,
  test: { globalSetup: 'test/e2e/build-nano.ts', testTimeout: 20 * 60_000, hookTimeout: 20 * 60_000 },
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
