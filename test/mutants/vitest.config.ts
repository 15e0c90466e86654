import { defineConfig, mergeConfig } from 'vitest/config';
import unit from '../vitest.config.ts';

const checkout = new URL('../..', import.meta.url).pathname;

/** The unit tests as Stryker's vitest runner needs them. */
export default mergeConfig(
  unit,
  defineConfig({
    resolve: {
      // The link in node_modules leads to the checkout, not to Stryker's copy of it, which holds the mutants.
      alias: { 'kickstart-parser': `${checkout}scripts/kickstart-parser/src/index.ts` },
    },
    plugins: [
      {
        name: 'forks',
        // The runner asks for threads, in which no test may change directory.
        configureVitest: ({ project }) => {
          project.config.pool = 'forks';
        },
      },
    ],
    test: {
      // Each file gets modules of its own: a mutant of a module's constants is in force only where they are made anew.
      isolate: true,
      experimental: { fsModuleCache: false },
    },
  }),
);
