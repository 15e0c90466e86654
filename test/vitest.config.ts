import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// `source` makes workspace packages resolve to their TypeScript, so no build is needed before tests.
const conditions = ['source'];

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  environments: { __vitest__: { resolve: { conditions } } },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/temporary-directory.ts'],
    exclude: ['test/e2e/**', '**/node_modules/**'],
    // Files share a process: loading the same modules for each of them took half of the time. Forks, as some change directory.
    pool: 'forks',
    isolate: false,
    // What a file was transformed to is kept between runs: two seconds.
    experimental: { fsModuleCache: true },
    // One more than there are cores (Vitest leaves one idle): many tests wait for programs that they start.
    maxWorkers: availableParallelism() + 1,
    // A limit for hangs, not a statement about speed: a busy machine must not fail a test.
    testTimeout: 300_000,
  },
});
