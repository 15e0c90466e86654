import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { model, parse } from 'kickstart-parser';
import { expect, test } from 'vitest';
import { lockRequest } from '../../../scripts/engines/direct/locked.ts';
import { beyondLock, explainLocked, lockInWords } from '../../../scripts/engines/direct/locked-findings.ts';
import { packageRequest } from '../../../scripts/engines/direct/package-request.ts';
import { planDirect } from '../../../scripts/engines/direct/plan.ts';
import type { FoundLock } from '../../../scripts/engines/direct/read-lock-for.ts';
import type { Manifest } from '../../../scripts/image/index.ts';
import { listLines } from '../../../scripts/package-lock/index.ts';
import { CommandFailed } from '../../../scripts/process/index.ts';
import { locked, sampleLock } from '../../package-lock/sample.ts';
import { temporaryDirectory } from '../../plan/fixtures.ts';
import { medium, stepsOf } from './fixtures.ts';

const base = {
  name: 'debian-13',
  architecture: 'amd64',
  repositories: [
    {
      id: 'debian',
      suite: 'trixie',
      components: ['main'],
      keyring: '/k',
      snapshot: 'http://snapshot.example/{{time}}',
    },
  ],
};
const kickstart = model(
  parse('url --url=http://mirror.example/debian\n%packages --exclude-weakdeps\nbash\n-nano\n%end\n', { file: 'x.ks' }),
  'F44',
);
const lock = sampleLock({ installer: [locked('curl', '8')] });
const found: FoundLock = { file: lock, hasTools: true, told: { file: 'locks/x.lock.json', sha256: 'f'.repeat(64) } };

function plan(locked_?: FoundLock) {
  return planDirect({
    flavour: 'x',
    title: 'X',
    model: kickstart,
    base,
    privilege: 'user-namespace',
    outputs: ['live-iso', 'installer-iso'],
    medium,
    ...(locked_ && { lock: locked_ }),
  });
}

test('a locked build asks no index, and takes its lists from the lock', () => {
  const planned = plan(found);
  expect(planned.stages.map(({ id }) => id)).not.toContain('index');
  const written = (stage: string, step: string) => stepsOf(planned, stage).find(({ id }) => id === step)?.stdin;
  expect(written('resolve', 'lock')).toBe(listLines(lock.packages));
  expect(written('resolve', 'addresses')).toContain(
    'bash_5.2-1_amd64.deb http://mirror.example/debian/pool/main/b/bash/bash_5.2-1_amd64.deb http://snapshot.example/20261121T091544Z/pool/',
  );
  expect(written('resolve', 'sources-list')).toBe('deb [signed-by=/k] http://mirror.example/debian trixie main\n');
  expect(written('installer-resolve', 'lock')).toBe(listLines([locked('curl', '8')]));
  for (const stage of ['resolve', 'installer-resolve'])
    expect(stepsOf(planned, stage).flatMap(({ needs }) => needs)).toEqual([]);
});

test('what comes after the lists is the same, step by step: the same packages make the same tree, and the cache knows', () => {
  const [one, other] = [plan(), plan(found)].map(({ stages }) =>
    stages.filter(({ id }) => !['index', 'resolve', 'installer-resolve'].includes(id)),
  );
  expect(other).toEqual(one);
  const rootTree = other?.find(({ id }) => id === 'root-tree');
  expect(rootTree && 'key' in rootTree && rootTree.key.files).toEqual(['${resolve}/lock', '${resolve}/sources.list']);
  expect(JSON.stringify(rootTree)).not.toContain('${index}');
});

test('where the tools tree in the cache is another one, one is made of exactly the locked packages', () => {
  const tools = stepsOf(plan({ ...found, hasTools: false }), 'tools');
  expect(tools.map(({ id }) => id)).toEqual(['list', 'addresses', 'download', 'install']);
  expect(tools[0]?.stdin).toBe(listLines(lock.tools.packages));
  const install = tools.at(-1)?.argv.join('\n') ?? '';
  expect(install).toContain('sha256sum --check --strict');
  expect(install).not.toContain('http://');
  // Who has all of them needs no network.
  expect(tools.flatMap(({ needs }) => needs)).toEqual(['namespaces']);
});

test('what a kickstart asks for is what decides packages, without addresses', () => {
  const request = packageRequest(kickstart, base);
  expect(lockRequest(base, request, false)).toEqual(lock.request);
  expect(lockRequest(base, request, true).installer).toContain('quickjs');
  const elsewhere = { ...request, sources: [{ id: 'debian', url: 'http://other.example' }] };
  expect(lockRequest(base, elsewhere, false)).toEqual(lock.request);
});

function failed(stderr: string): CommandFailed {
  const completed = { exitCode: 1, signal: null, stdout: '', stderr, durationMs: 1, timedOut: false };
  return new CommandFailed({ argv: ['bwrap'] }, completed);
}

test('a package that is nowhere is named, with the answers of those that were asked', () => {
  const output = [
    'E: Failed to fetch http://mirror.example/debian/pool/bash.deb  404  Not Found [IP: 192.0.2.1 80]',
    'E: Failed to fetch http://snapshot.example/1/pool/bash.deb  Hash Sum mismatch',
    'missing: bash_5.2-1_amd64.deb',
  ].join('\n');
  const told = explainLocked(failed(output), found);
  expect(told?.code).toBe('locked-package-missing');
  expect(told?.message).toBe(
    [
      'nowhere to be had as locks/x.lock.json has it:',
      '  bash_5.2-1_amd64.deb',
      'what was asked, and answered:',
      '  http://mirror.example/debian/pool/bash.deb',
      '    404  Not Found [IP: 192.0.2.1 80]',
      '  http://snapshot.example/1/pool/bash.deb',
      '    Hash Sum mismatch',
    ].join('\n'),
  );
  expect(told?.hint).toContain('phyllome lock x --base debian-13 --update');
});

test('what has nothing to do with the lock, and what is missing offline, is told as without one', () => {
  expect(explainLocked(failed('E: dpkg was interrupted'), found)).toBeUndefined();
  expect(explainLocked(failed('offline: nothing is fetched\nmissing: bash_5.2-1_amd64.deb\n'), found)).toBeUndefined();
});

test('an image with a package that the lock does not have is none of that lock', () => {
  const tools = temporaryDirectory();
  mkdirSync(tools, { recursive: true });
  writeFileSync(path.join(tools, 'lock'), listLines(lock.tools.packages));
  const [bash, libc6] = lock.packages;
  const packages = (more: Manifest['packages'] = []) => ({
    packages: [...[bash, libc6].flatMap((one) => (one ? [one] : [])), ...more],
  });
  expect(beyondLock(found, packages(), tools)).toEqual([]);
  const others = beyondLock(found, packages([{ name: 'htop', version: '3', architecture: 'amd64' }]), tools);
  expect(others.map(({ message }) => message)).toEqual([
    'locks/x.lock.json: the image has htop 3, which the lock does not have',
  ]);
  writeFileSync(path.join(tools, 'lock'), '');
  expect(beyondLock(found, packages(), tools).map(({ message }) => message)).toEqual([
    'locks/x.lock.json: the tools tree is not of the packages that the lock has',
  ]);
});

test('one line says what packages are to be expected', () => {
  expect(lockInWords(undefined)).toMatch(/^not locked: /);
  expect(lockInWords(found)).toBe('locked: exactly the 2 packages of locks/x.lock.json, from indexes of 2026-11-21');
});
