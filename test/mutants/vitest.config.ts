import path from 'node:path';
import { defineConfig, mergeConfig } from 'vitest/config';
import manifest from '../../scripts/kickstart-parser/package.json' with { type: 'json' };
import unit from '../vitest.config.ts';

const parser = new URL('../../scripts/kickstart-parser/', import.meta.url).pathname;

/** Each entry of the parser's package with its source. */
const entries = Object.entries(manifest.exports).flatMap(([entry, target]) =>
  typeof target === 'string'
    ? []
    : [{ find: new RegExp(`^kickstart-parser${entry.slice(1)}$`), replacement: path.join(parser, target.source) }],
);

/** The unit tests as Stryker's vitest runner needs them. */
export default mergeConfig(
  unit,
  defineConfig({
    resolve: {
      // The link in node_modules leads to the checkout, not to Stryker's copy of it, which holds the mutants.
      alias: entries,
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
      globalSetup: ['test/mutants/readable-copy.ts'],
      // Each file gets modules of its own: a mutant of a module's constants is in force only where they are made anew.
      isolate: true,
      experimental: { fsModuleCache: false },
    },
  }),
);
