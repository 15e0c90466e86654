import { mkdtempSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderOne } from '../../../scripts/prepare/index.ts';
import { type Completed, privilegeOf, removalOf, SystemRunner } from '../../../scripts/process/index.ts';
import { installCommand } from '../../fixture-distribution/install.ts';
import { packagesIn } from '../../fixture-distribution/kickstart-packages.ts';
import { fixtureRepository } from '../../fixture-distribution/make.ts';
import { places } from './phyllome.ts';

/** `npm run test:fixture` runs it: making the repository takes minutes of CPU, once for each state of Debian's mirror. */
const runs = process.env.PHYLLOME_FIXTURE === 'all';

const runner = new SystemRunner();
let root = '';
let installed: Completed;

describe.runIf(runs).each(['nano', 'headless'] as const)('the fixture distribution, with what %s names', (set) => {
  const wanted = packagesIn(renderOne(set, { base: 'fedora-44' }, { places }).rendered.kickstart).packages;
  const inTree = (file: string) => readFileSync(path.join(root, file), 'utf8');

  beforeAll(async () => {
    root = mkdtempSync(path.join(places.out, 'fixture-tree-'));
    const quiet = () => undefined;
    const context = { places, print: quiet, say: quiet, warn: quiet, runner, signal: new AbortController().signal };
    const { directory, tools } = await fixtureRepository('headless', context);
    const installation = { root, repository: directory, tools, names: wanted };
    installed = await runner.run({ argv: installCommand(installation, privilegeOf()) }, { allowFailure: true });
  });

  afterAll(() => runner.run({ argv: removalOf([root]) }));

  test('has all of it, signed, and every package is installed without a complaint', () => {
    expect(installed.exitCode, installed.stdout + installed.stderr).toBe(0);
    const output = `${installed.stdout}\n${installed.stderr}`;
    expect(
      output.match(/^.*(?:\b(?:error|warning):|Error in |does not exist|scriptlet failed|^Failed).*$/gim) ?? [],
    ).toEqual([]);
    expect(output).toContain('Importing GPG key');
    for (const name of wanted)
      expect(output, name).toMatch(new RegExp(`^ *${name.replace(/[+.]/g, '\\$&')}-\\S+fc44\\.fixture\\.`, 'm'));
  });

  test('says what it is, and looks like Fedora', () => {
    const release = inTree('usr/lib/os-release');
    expect(release).toContain('NAME="Phyllome test fixture"');
    expect(release).toContain('ID=fedora\nVERSION_ID=44\n');
    expect(readlinkSync(path.join(root, 'usr/sbin'))).toBe('bin');
    expect(inTree('etc/selinux/targeted/contexts/files/file_contexts')).toContain(
      '/usr/bin/sshd\t--\tsystem_u:object_r:sshd_exec_t:s0\n',
    );
  });

  test('has users made, and units on that Fedora starts and no others', () => {
    expect(inTree('etc/passwd')).toMatch(/^systemd-network:/m);
    const enabled = (unit: string, target: string) => path.join(root, 'etc/systemd/system', target, unit);
    expect(readlinkSync(path.join(root, 'etc/systemd/system/dbus.service'))).toContain('dbus-broker.service');
    if (set === 'headless') {
      expect(readlinkSync(enabled('chronyd.service', 'multi-user.target.wants'))).toContain('chronyd.service');
      expect(() => readlinkSync(enabled('nftables.service', 'sysinit.target.wants'))).toThrow('ENOENT');
    }
  });
});
