import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { KickstartVersion } from 'kickstart-parser';

/** A recorded input with what the reference made of it. */
export interface ConformanceCase {
  readonly id: string;
  readonly versions: readonly KickstartVersion[];
  readonly input: string;
  readonly outcome: 'ok' | 'deprecated' | 'error' | 'removed';
  readonly reason?: string;
  readonly error_line?: number;
  readonly warnings?: readonly string[];
  readonly output?: string;
  readonly reparse?: 'error' | 'differs';
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** A recorded tree of files with what the reference made of it. */
export interface FlattenCase {
  readonly id: string;
  readonly version: KickstartVersion;
  readonly files: Readonly<Record<string, string>>;
  readonly main: string;
  readonly cwd: string;
  readonly exit: number;
  readonly output?: string;
  readonly error?: { readonly line: number | null; readonly reason: string };
}

const folder = fileURLToPath(new URL('../../../shared/kickstart/conformance/', import.meta.url));

/** Names of the case files that hold single kickstarts. */
export function caseFiles(): string[] {
  if (!existsSync(folder)) {
    throw new Error(
      `The conformance cases are missing: ${folder} must lie beside the checkout (shared/kickstart/conformance).`,
    );
  }
  return readdirSync(folder).filter((name) => name.endsWith('.jsonl') && name !== '_flatten.jsonl');
}

/** The cases of one file. */
export function readCases<T = ConformanceCase>(file: string): T[] {
  const lines = readFileSync(join(folder, file), 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as T);
}
