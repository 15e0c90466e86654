import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test as always, expect } from 'vitest';

/** In a build it is the tools tree's; `ci/setup tests` installs one here. */
const test = always.skipIf(spawnSync('python3', ['--version']).status !== 0);

const program = readFileSync(new URL('../../../../scripts/engines/direct/rpm/comps.py', import.meta.url), 'utf8');
const last =
  'import json, sys\nprint(json.dumps(expand(json.loads(sys.argv[2]), *read_comps(sys.argv[3:], sys.argv[1]))))';

const main = `<comps>
<group><id>core</id><name>Core</name><packagelist>
  <packagereq type="mandatory">bash</packagereq>
  <packagereq type="default">vim</packagereq>
  <packagereq type="optional">mc</packagereq>
  <packagereq type="conditional" requires="kernel">linux-firmware</packagereq>
  <packagereq type="mandatory" arch="s390x">s390utils</packagereq>
</packagelist></group>
<group><id>tools</id><name>Tools of all kinds</name><packagelist>
  <packagereq>make</packagereq>
  <packagereq type="default">gdb</packagereq>
</packagelist></group>
<group><id>guest</id><name>Guest</name><packagelist><packagereq>agent</packagereq></packagelist></group>
<environment><id>server-environment</id><name>Server</name>
  <grouplist><groupid>core</groupid><groupid>guest</groupid></grouplist>
  <optionlist><groupid default="true">tools</groupid><groupid>games</groupid></optionlist>
</environment></comps>`;
const other = `<comps><group><id>core</id><name>Core</name><packagelist>
  <packagereq type="mandatory">own-settings</packagereq></packagelist></group></comps>`;

function expanded(asked: object, texts: readonly string[] = [main]): readonly [string[], [string, string][], string[]] {
  const request = { core: false, environment: '', groups: [], excludedGroups: [], ...asked };
  const argv = ['-c', `${program}\n${last}`, 'x86_64', JSON.stringify(request), ...texts];
  const { status, stdout, stderr } = spawnSync('python3', argv, { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

const group = (name: string, more: object = {}) => ({ name, optional: false, nodefaults: false, ...more });

test.each([
  ['mandatory and default packages', group('core'), ['bash', 'vim']],
  ['all with --optional', group('core', { optional: true }), ['bash', 'mc', 'vim']],
  ['only mandatory ones with --nodefaults', group('core', { nodefaults: true }), ['bash']],
  ['by its name', group('Tools of all kinds'), ['gdb', 'make']],
  ['by a pattern', group('to*'), ['gdb', 'make']],
])('a group stands for its packages: %s', (_, one, packages) => {
  expect(expanded({ groups: [one] })[0]).toEqual(packages);
});

test('what is there only for another package waits for it, and what is for another architecture is left out', () => {
  const [names, conditional] = expanded({ core: true });
  expect(names).toEqual(['bash', 'vim']);
  expect(conditional).toEqual([['linux-firmware', 'kernel']]);
  expect(expanded({ groups: [group('core', { nodefaults: true })] })[1]).toEqual([]);
});

test('an environment has its groups and the options that are chosen beforehand, but for what is excluded', () => {
  expect(expanded({ environment: 'server-environment' })[0]).toEqual(['agent', 'bash', 'gdb', 'make', 'vim']);
  expect(expanded({ environment: 'Server', excludedGroups: ['tools', 'guest'] })[0]).toEqual(['bash', 'vim']);
});

test('several repositories say of one group what they have', () => {
  expect(expanded({ core: true }, [main, other])[0]).toEqual(['bash', 'own-settings', 'vim']);
});

test('what nobody has is told as the kickstart says it; excluding it is no fault', () => {
  expect(expanded({ groups: [group('nope')], environment: 'desk', excludedGroups: ['nothing'] })[2]).toEqual([
    '@^desk',
    '@nope',
  ]);
  expect(expanded({ core: true }, ['<comps/>'])[2]).toEqual(['@core']);
});
