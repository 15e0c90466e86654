import { CommanderError } from 'commander';
import { printable } from 'kickstart-parser/report';
import { runCommandLine, type Surroundings } from '../command-line/index.ts';
import { type Context, Interruption, type ReadingContext } from '../context/index.ts';
import { ReportedError } from '../diagnostic/index.ts';
import { findPlaces } from '../places/index.ts';
import type { SystemRunner } from '../process/index.ts';
import { asTyped, fileTrouble, reportFindings, type Typed, typedProgram } from '../report/diagnostics/index.ts';
import { declarations } from './declarations.ts';
import { groups, verbs } from './verbs.ts';

/** Runs one command line and answers with the exit code: 0 fine, 1 findings, 2 usage, 3 environment, 70 a bug, 130 Ctrl-C. */
export async function main(argv: readonly string[]): Promise<number> {
  let runner: SystemRunner | undefined;
  const interruption = new Interruption((text) => void process.stderr.write(`${text}\n`));
  interruption.watch(process.stdout);
  interruption.watch(process.stderr);
  let places = findPlaces();
  let typed: Typed = { program: typedProgram(process.env), directories: [] };
  const surroundings = (userDirectories: readonly string[]): Surroundings => {
    places = findPlaces(process.env, userDirectories);
    typed = { ...typed, directories: userDirectories };
    const reading: ReadingContext = {
      places,
      print: (text) => void process.stdout.write(printable(`${text}\n`)),
      say: (text) => void process.stderr.write(printable(`${asTyped(text, typed)}\n`)),
      warn: (diagnostics) => reportFindings(diagnostics, places, typed),
    };
    const running = async () => {
      const { SystemRunner } = await import('../process/index.ts');
      runner = new SystemRunner();
      const own = runner;
      return {
        ...reading,
        runner: own,
        // Asked for by whom it is to reach.
        get signal() {
          return interruption.signal;
        },
      };
    };
    return { reading, running };
  };
  try {
    const version = async (context: Context) => (await import('./version.ts')).version(context);
    await runCommandLine(argv, { verbs, groups, declarations, surroundings, version });
    return process.exitCode === undefined ? 0 : Number(process.exitCode);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof ReportedError) {
      reportFindings(error.diagnostics, places, typed);
      return error.exitCode;
    }
    const trouble = fileTrouble(error, places);
    if (trouble) {
      reportFindings([trouble], places, typed);
      return 3;
    }
    process.stderr.write(
      printable(`phyllome has a bug; please report this:\n${error instanceof Error ? error.stack : String(error)}\n`),
    );
    return 70;
  } finally {
    await runner?.stopAll();
    interruption.over();
  }
}
