import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
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

/** Every recorded case by its group: a command's name, or `_documents`, `_own_documents`, `_other`, `_flatten`. */
const groups = new Map<string, string[]>();
const packed = readFileSync(new URL('reference/conformance.jsonl.gz', import.meta.url));
for (const line of gunzipSync(packed).toString().split('\n')) {
  const [, group] = /^\{"group":"([^"]+)"/.exec(line) ?? [];
  if (group === undefined) continue;
  const lines = groups.get(group);
  if (lines === undefined) groups.set(group, [line]);
  else lines.push(line);
}

/** Groups of single kickstarts. */
export const caseGroups: readonly string[] = [...groups.keys()].filter((group) => group !== '_flatten');

/** The cases of one group. */
export function readCases<T = ConformanceCase>(group: string): T[] {
  const lines = groups.get(group);
  if (lines === undefined) throw new Error(`no cases are recorded in a group "${group}"`);
  return lines.map((line) => JSON.parse(line) as T);
}
