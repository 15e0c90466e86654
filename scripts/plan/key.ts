import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { asRootGivesIt } from '../process/index.ts';
import { type CachedStage, fillIn } from './plan.ts';

/** Raise when a change of this program makes older cached outputs wrong although no input changed. */
const cacheFormat = '1';

/**
 * The name under which a stage's output is cached: 20 hexadecimal digits of a SHA-256 over its inputs and its steps.
 * @throws when one of `key.files` cannot be read
 */
export function stageKey(
  stage: CachedStage,
  keys: ReadonlyMap<string, string>,
  directories: ReadonlyMap<string, string>,
): string {
  const hash = createHash('sha256');
  const add = (label: string, value: string | Uint8Array) => {
    hash.update(`${label} ${value.length}\n`);
    hash.update(value);
  };
  add('format', cacheFormat);
  add('stage', stage.id);
  for (const value of stage.key.values) add('value', value);
  for (const other of stage.key.stages) add(`key of ${other}`, keys.get(other) ?? '');
  for (const file of stage.key.files) add(`file ${file}`, readFileSync(fillIn(file, directories)));
  // A step's own text decides the output too. Directories appear in it as `${stage}`, so the cache may move.
  for (const step of stage.steps) add(`step ${step.id}`, JSON.stringify([step.argv, step.stdin ?? '', step.env ?? {}]));
  return hash.digest('hex').slice(0, 20);
}

/**
 * The hash of what decides a stage's output: its key, if root ran it. In the cache, files have other owners where an ordinary user made
 * them; what is made of them is the same.
 * @param hashes those of the stages before
 * @throws when one of `key.files` cannot be read
 */
export function inputHash(
  stage: CachedStage,
  hashes: ReadonlyMap<string, string>,
  directories: ReadonlyMap<string, string>,
): string {
  const steps = stage.steps.map((step) => ({ ...step, argv: asRootGivesIt(step.argv) }));
  return stageKey({ ...stage, steps }, hashes, directories);
}
