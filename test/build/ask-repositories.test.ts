import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { askRepositories } from '../../scripts/build/ask-repositories.ts';
import type { ReportedError } from '../../scripts/diagnostic/index.ts';
import { prepareFlavour } from '../../scripts/prepare/index.ts';
import { recordingContext } from '../commands/recording-context.ts';
import {
  added,
  allFiles,
  fileUrl,
  flavourOfUnits,
  flavourWith,
  repository,
  unitRepository,
} from './small-repository.ts';

/** What a build asks before its installer starts. */
async function asked(directory: string) {
  const recording = recordingContext([directory]);
  const said: string[] = [];
  const context = { ...recording.context, say: (text: string) => void said.push(text) };
  const prepared = prepareFlavour('small', {}, context, 'live');
  const error = await askRepositories(prepared, context).then(
    () => undefined,
    (thrown: unknown) => thrown as ReportedError,
  );
  return { ...recording, said, error };
}

test('a build asks before it starts: what no repository has is an error at the line that asks for it', async () => {
  const address = unitRepository({ files: allFiles, groups: ['libvirt', 'wheel'] });
  expect((await asked(flavourOfUnits(address))).error).toBeUndefined();
  const poor = unitRepository({ files: allFiles.filter((file) => !file.includes('socket')), groups: ['wheel'] });
  const { error } = await asked(flavourOfUnits(poor));
  expect(error?.exitCode).toBe(1);
  expect(error?.diagnostics.map(({ code, span }) => [code, path.basename(span?.file ?? '')])).toEqual([
    ['unknown-unit', 'component.yaml'],
    ['unknown-group', 'small.yaml'],
  ]);
});

test('a language that no package has is told at the line that names it', async () => {
  const address = fileUrl(repository(['bash', 'tool-a', 'tool-b', 'langpack-en', 'langpack-de']));
  const files = { 'overlays/core/component.yaml': 'component: core\nsummary: the core\npackages: [shell, language]\n' };
  const directory = flavourWith(address, files, 'system: {lang: cy_GB.UTF-8}\n');
  writeFileSync(
    path.join(directory, 'bases/test-1.yaml'),
    readFileSync(path.join(directory, 'bases/test-1.yaml'), 'utf8').replace(
      /^( +)shell:/m,
      '$1language: langpack-{{language}}\n$1shell:',
    ),
  );
  const { error } = await asked(directory);
  expect(error?.diagnostics).toMatchObject([
    {
      message: 'no repository of test-1 has a package `langpack-cy`',
      span: { file: expect.stringMatching(/flavours\/small.yaml$/), start: { line: 5 } },
    },
  ]);
});

test('a build goes on where they cannot be asked, and tells which and why', async () => {
  const { error, warnings } = await asked(flavourWith('baseurl: file:///nowhere/at/all'));
  expect(error).toBeUndefined();
  expect(warnings).toMatchObject([
    {
      code: 'repository-unreachable',
      severity: 'warning',
      message: expect.stringContaining('/nowhere/at/all: ENOENT'),
    },
  ]);
  const metalink = added('repo --name=extra --metalink=https://example.org/metalink');
  const { said, ...unread } = await asked(flavourWith(fileUrl(repository(['bash'])), metalink));
  expect(unread.error).toBeUndefined();
  expect(said).toEqual([expect.stringContaining('`extra` is given by a metalink')]);
});
