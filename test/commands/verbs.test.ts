import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { optionName } from '../../scripts/command-line/index.ts';
import { declarations } from '../../scripts/commands/declarations.ts';
import { groups, verbs } from '../../scripts/commands/verbs.ts';
import { version } from '../../scripts/commands/version.ts';
import { CommandNotFound } from '../../scripts/process/index.ts';
import { checkout } from '../render/shipped.ts';
import { recordingContext, scratchDirectory } from './recording-context.ts';
import { typeIn } from './type-in.ts';

test('each verb has the name that it is registered by, and its group is described', async () => {
  const all = await declarations();
  expect(all.map(({ name }) => name)).toEqual(Object.keys(verbs));
  const ofTwoWords = all.filter(({ name }) => name.includes(' ')).map(({ name }) => name.split(' ')[0]);
  expect([...new Set(ofTwoWords)]).toEqual(Object.keys(groups));
});

test('a verb’s file is called as the verb', async () => {
  const files = readFileSync(path.join(checkout, 'scripts/commands/verbs.ts'), 'utf8').matchAll(
    /import\('\.\/(.+)\.ts'\)/g,
  );
  expect([...files].map(([, file]) => file)).toEqual(Object.keys(verbs).map((name) => name.replace(' ', '-')));
});

test('operands that must be there come first, and each option is told', async () => {
  for (const { name, flags } of await declarations()) {
    const operands = Object.values(flags).flatMap(({ operand }) => operand ?? []);
    expect(operands, name).toEqual([...operands].sort((a, b) => (a === b ? 0 : a === 'required' ? -1 : 1)));
    for (const [key, { help }] of Object.entries(flags)) expect(help, `${name} ${optionName(key)}`).not.toBe('');
  }
});

test('the version is that of package.json, and of the checkout’s revision', async () => {
  const { version: number } = JSON.parse(readFileSync(path.join(checkout, 'package.json'), 'utf8')) as {
    version: string;
  };
  const { context } = recordingContext();
  expect(await version(context)).toMatch(
    new RegExp(`^${number.replaceAll('.', '\\.')}( \\(git [0-9a-f]{12}(, with changes)?\\))?$`),
  );
  const run = () => Promise.reject(new CommandNotFound('git'));
  expect(await version({ ...context, runner: { ...context.runner, run } })).toBe(number);
});

test.each(['zsh', 'fish'])('the script for %s is one', async (shell) => {
  const { context, output } = recordingContext();
  await typeIn(['completion', shell], context);
  expect(output()).toContain('complete -- ');
  const file = path.join(scratchDirectory(), 'script');
  writeFileSync(file, output());
  const { error, stderr } = spawnSync(shell, ['-n', file], { encoding: 'utf8' });
  // Where the shell is not installed, its script is not read.
  if (error === undefined) expect(stderr).toBe('');
});

test.each([
  ['build nano --offline --refresh', '--offline fetches nothing, and --refresh fetches anew: say one of them'],
  ['lock nano --offline --refresh', '--offline fetches nothing, and --refresh fetches anew: say one of them'],
  ['build nano --password-file /dev/null', '--password-file is for the password of a key, and none is named'],
  [
    'build nano --dry-run --signing-key x',
    '--dry-run makes nothing that --signing-key and --password-file could be for',
  ],
  ['build nano --dry-run --password-file x', '--dry-run makes nothing that --signing-key'],
  ['build nano --dry-run --twice', '--dry-run makes nothing that --twice could compare'],
  ['build nano --base fedora-44 --twice', 'the engine livemedia does not make the same bits twice'],
])('`%s` is refused before anything is made', async (line, message) => {
  const { context } = recordingContext();
  await expect(typeIn(line.split(' '), context)).rejects.toThrow(message);
  expect(existsSync(context.places.out)).toBe(false);
});

test('names of checks, scenarios and topologies are completed', async () => {
  const names = async (...words: readonly string[]) => {
    const { context, output } = recordingContext();
    await typeIn(['complete', '--', ...words], context);
    return output()
      .split('\n')
      .map((line) => line.split('\t')[0]);
  };
  expect(await names('test', 'nano', '--only', 'kvm-')).toEqual(['kvm-nested']);
  expect(await names('checks', 'iommu')).toEqual(['iommu-groups']);
  expect(await names('test', 'nano', '--scenario', 'us')).toEqual(['usual']);
  expect(await names('run', 'nano', '--topology', 'def')).toEqual(['default']);
  expect(readdirSync(path.join(checkout, 'kickstarts/hardware'))).toContain(
    `${(await names('show', 'nano', '--hardware', 'lab'))[0]}.yaml`,
  );
});
