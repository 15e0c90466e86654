import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { addressesOf, makeRepository, repositorySource } from '../../../scripts/engines/exact-packages/index.ts';
import { locked, sampleLock } from '../../package-lock/sample.ts';
import { temporaryDirectory } from '../../plan/fixtures.ts';

test('a list says what each package is, and where it may be: the mirror, then snapshots from the time of its index on', () => {
  const { indexes } = sampleLock();
  const packages = [locked('libc6', '2:2.41-12'), locked('bash', '5.2-1')];
  const list = addressesOf(packages, indexes, () => ({
    url: 'http://mirror.example/debian/',
    snapshot: 'http://snapshot.example/archive/debian/{{time}}',
  }));
  expect(list.lock.split('\n').map((line) => line.slice(0, 45))).toEqual([
    `bash_5.2-1_amd64.deb 4096 SHA256:${packages[1]?.sha256}`.slice(0, 45),
    `libc6_2%3a2.41-12_amd64.deb 5120 SHA256:${packages[0]?.sha256}`.slice(0, 45),
    '',
  ]);
  const pool = 'pool/main/b/bash/bash_5.2-1_amd64.deb';
  expect(list.addresses.split('\n')[0]).toBe(
    [
      'bash_5.2-1_amd64.deb',
      `http://mirror.example/debian/${pool}`,
      ...['20261121T091544Z', '20261121T151544Z', '20261122T091544Z'].map(
        (time) => `http://snapshot.example/archive/debian/${time}/${pool}`,
      ),
    ].join(' '),
  );
});

test('a base without snapshots has the mirror alone', () => {
  const { indexes } = sampleLock();
  const { addresses } = addressesOf([locked('bash', '5')], indexes, () => ({ url: 'http://m' }));
  expect(addresses).toBe('bash_5_amd64.deb http://m/pool/main/b/bash/bash_5_amd64.deb\n');
});

const tools = ['/usr/bin/dpkg-deb', '/usr/bin/apt-get'].every((program) => existsSync(program));

test.runIf(tools)('apt sees the packages of a list, and resolves among these alone', () => {
  const root = temporaryDirectory();
  const at = (...parts: string[]) => path.join(root, ...parts);
  mkdirSync(at('archives'));
  const lines = [
    ['one', '2:1.0', 'Depends: two (>= 1)\n'],
    ['two', '1.0~rc1+b1', 'Essential: yes\n'],
    ['three', '1', ''],
  ].map(([name = '', version = '', more = '']) => {
    mkdirSync(at(name, 'DEBIAN'), { recursive: true });
    writeFileSync(
      at(name, 'DEBIAN/control'),
      `Package: ${name}\nVersion: ${version}\nArchitecture: all\nMaintainer: A <a@example.org>\n${more}Description: x\n y\n`,
    );
    const file = `${name}_${version.replace(':', '%3a')}_all.deb`;
    execFileSync('dpkg-deb', ['--build', '--root-owner-group', at(name), at('archives', file)], { stdio: 'ignore' });
    const bytes = readFileSync(at('archives', file));
    return `${file} ${bytes.length} SHA256:${createHash('sha256').update(bytes).digest('hex')}\n`;
  });
  writeFileSync(at('lock'), lines.slice(0, 2).join(''));
  const script = `lock=$0 repository=$2 suite=trixie\n${makeRepository}`;
  const made = spawnSync('sh', ['-euc', script, at('lock'), at('archives'), at('repository')], { encoding: 'utf8' });
  expect(made).toMatchObject({ status: 0, stderr: '' });
  for (const directory of ['state/lists/partial', 'cache/archives/partial'])
    mkdirSync(at(directory), { recursive: true });
  writeFileSync(at('sources.list'), `${repositorySource(at('repository'))}\n`);
  const options = {
    'Dir::Etc::sourcelist': at('sources.list'),
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::State': at('state'),
    'Dir::State::status': '/dev/null',
    'Dir::Cache': at('cache'),
    'APT::Sandbox::User': 'root',
  };
  const apt = (...words: string[]) =>
    spawnSync('apt-get', [...Object.entries(options).map(([key, value]) => `-o${key}=${value}`), ...words], {
      encoding: 'utf8',
    });
  expect(apt('update', '--error-on=any').status).toBe(0);
  const installed = apt('install', '--simulate', '-qq', 'one').stdout;
  expect(installed.match(/^Inst \S+ \(\S+/gm)?.sort()).toEqual(['Inst one (2:1.0', 'Inst two (1.0~rc1+b1']);
  // As mmdebstrap asks for what every system has.
  expect(apt('install', '--simulate', '-qq', '?and(?codename(^trixie$),?essential)').stdout).toContain('Inst two');
  expect(apt('install', '--simulate', 'three').stderr).toContain('Unable to locate package three');
});
