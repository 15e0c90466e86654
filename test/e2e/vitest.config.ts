import { defineConfig } from 'vitest/config';
import unit from '../vitest.config.ts';

/** Real builds and boots: one after the other, as they share two cores and a cache, and none is retried. */
export default defineConfig({
  ...unit,
  test: {
    include: ['test/e2e/**/*.test.ts'],
    globalSetup: ['test/e2e/build-nano.ts'],
    fileParallelism: false,
    sequence: { concurrent: false },
    testTimeout: 20 * 60_000,
    hookTimeout: 20 * 60_000,
    bail: 0,
  },
});
