import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Context } from '../../scripts/context/index.ts';
import type { Diagnostic } from '../../scripts/diagnostic/index.ts';
import { findPlaces } from '../../scripts/places/index.ts';
import { SystemRunner } from '../../scripts/process/index.ts';

/** A context for one command that remembers what the command prints. */
export function recordingContext(userDirectories: readonly string[] = []) {
  const printed: string[] = [];
  const warnings: Diagnostic[] = [];
  const scratch = scratchDirectory();
  const env = { PHYLLOME_OUT: path.join(scratch, 'out'), PHYLLOME_CACHE: path.join(scratch, 'cache') };
  const context: Context = {
    places: findPlaces(env, userDirectories),
    runner: new SystemRunner(),
    signal: new AbortController().signal,
    print: (text) => void printed.push(text),
    say: () => {},
    warn: (diagnostics) => void warnings.push(...diagnostics),
  };
  return { context, warnings, scratch, output: () => printed.join('\n') };
}

/** A directory that is gone after the test. */
export function scratchDirectory(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'phyllome-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}
