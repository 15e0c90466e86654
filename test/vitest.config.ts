import { defineConfig } from 'vitest/config';

// `source` makes workspace packages resolve to their TypeScript, so no build is needed before tests.
const conditions = ['source'];

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', '**/node_modules/**'],
    // Files share a process: loading the same modules for each of them took half of the time. Forks, as some change directory.
    pool: 'forks',
    isolate: false,
    // On every core: Vitest leaves one of two idle, and half of the tests wait for programs that they start.
    maxWorkers: '100%',
    // A limit for hangs, not a statement about speed: a busy machine must not fail a test.
    testTimeout: 60_000,
  },
});
