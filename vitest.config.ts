import { defineConfig } from 'vitest/config';

export default defineConfig({
  // `source` makes workspace packages resolve to their TypeScript, so no build is needed before tests.
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['test/**/*.test.ts', 'scripts/kickstart-parser/test/**/*.test.ts'],
    exclude: ['test/e2e/**', '**/node_modules/**'],
  },
});
