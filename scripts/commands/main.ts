import { CommanderError } from 'commander';
import { ReportedError } from '../diagnostic/index.ts';
import { findPlaces } from '../places/index.ts';
import { SystemRunner } from '../process/index.ts';
import { commandLine } from './command-line.ts';
import type { Context } from './context.ts';
import { reportFindings } from './report-findings.ts';

/** Runs one command line and answers with the exit code: 0 fine, 1 findings, 2 usage, 3 environment, 70 a bug, 130 Ctrl-C. */
export async function main(argv: readonly string[]): Promise<number> {
  const runner = new SystemRunner();
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interruption.abort());
  // A reader that has seen enough (`| head`) is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 70));
  let places = findPlaces();
  const contextWith = (userDirectories: readonly string[]): Context => {
    places = findPlaces(process.env, userDirectories);
    return {
      places,
      runner,
      signal: interruption.signal,
      print: (text) => void process.stdout.write(`${text}\n`),
      say: (text) => void process.stderr.write(`${text}\n`),
      warn: (diagnostics) => reportFindings(diagnostics, places),
    };
  };
  try {
    await commandLine(contextWith).parseAsync([...argv], { from: 'user' });
    return process.exitCode === undefined ? 0 : Number(process.exitCode);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof ReportedError) {
      reportFindings(error.diagnostics, places);
      return error.exitCode;
    }
    process.stderr.write(
      `phyllome has a bug; please report this:\n${error instanceof Error ? error.stack : String(error)}\n`,
    );
    return 70;
  } finally {
    await runner.stopAll();
  }
}
