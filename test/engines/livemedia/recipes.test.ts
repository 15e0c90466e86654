import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { optionName } from '../../../scripts/command-line/index.ts';
import { flags } from '../../../scripts/commands/build.ts';
import { OUTPUTS } from '../../../scripts/engines/livemedia/output.ts';
import { packagesFor } from '../../../scripts/engines/livemedia/runners/host.ts';

const ci = path.join(import.meta.dirname, '../../../ci');
const workflows = path.join(ci, '../.github/workflows');
const wanted = [...new Set(OUTPUTS.flatMap(packagesFor))];

test('the container has every package that the host runner asks for', () => {
  const recipe = readFileSync(path.join(ci, 'container/Containerfile'), 'utf8');
  const installed = /dnf install(.*?)&&/s.exec(recipe)?.[1]?.split(/[\s\\]+/) ?? [];
  expect(wanted.filter((name) => !installed.includes(name))).toEqual([]);
});

test('so has the workflow, and it gives only options that exist', () => {
  const text = readFileSync(path.join(workflows, 'fedora-images.yml'), 'utf8');
  const workflow = parse(text) as { jobs: { image: { steps: { run?: string }[] } } };
  const runs = workflow.jobs.image.steps.map(({ run = '' }) => run);
  const installed = runs.find((run) => run.startsWith('dnf'))?.split(/\s+/) ?? [];
  expect(wanted.filter((name) => !installed.includes(name))).toEqual([]);
  const known = Object.keys(flags).map(optionName);
  const given = runs.find((run) => run.includes('phyllome build'))?.match(/--[a-z-]+/g) ?? [];
  expect(given.length).toBeGreaterThan(2);
  expect(given.filter((option) => !known.includes(option))).toEqual([]);
});
