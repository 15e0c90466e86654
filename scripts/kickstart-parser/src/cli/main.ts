#!/usr/bin/env node
import { run } from './run.ts';

// A reader that has seen enough (`| head`) is no error; what was found stays found.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(Number(process.exitCode ?? 0));
  process.stderr.write(`kickstart-parser: the output cannot be written: ${error.message}\n`);
  process.exit(3);
});

process.exitCode = await run(process.argv.slice(2));
