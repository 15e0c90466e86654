import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { model, parse } from 'kickstart-parser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { directBase } from '../../../scripts/engines/direct/direct-base.ts';
import { explainFailure } from '../../../scripts/engines/direct/explain.ts';
import { packageTotals } from '../../../scripts/engines/direct/package-totals.ts';
import { planDirect } from '../../../scripts/engines/direct/plan.ts';
import { resolveFlavour } from '../../../scripts/flavour/index.ts';
import { checkoutDirectory } from '../../../scripts/places/index.ts';
import { type ExecutionState, runPlan, StageCache } from '../../../scripts/plan/index.ts';
import { inNamespaces, privilegeOf, SystemRunner, withLayers } from '../../../scripts/process/index.ts';
import { phyllome, places } from './phyllome.ts';

// Commands that no shipped flavour uses, on the packages of headless, so that its root tree serves again.
const hash = '$6$saltsalt$qFmFH.bQmmtXzyBY0s9v7Oicd2z4XSIecDzlB5KiA2/jctKu9YterLp8wwnSq.qc.eoxqOmSuNp2xS0ktL3nh/';
const additions = `
lang C.UTF-8
keyboard --vckeymap=de-nodeadkeys --xlayouts='de (nodeadkeys)'
timezone Europe/Paris
group --name=lab --gid=5001
user --name=ada --password=${hash} --iscrypted --groups=lab,newgroup --gecos="Ada 'L' $HOME" --uid=4242 --shell=/bin/sh
user --name=bob
sshkey --username=ada "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFakeFakeFakeFakeFakeFakeFakeFakeFakeFakeFake ada's"
network --bootproto=static --device=enp9s0 --ip=10.1.2.3 --netmask=255.255.255.0 --gateway=10.1.2.1 --nameserver=10.1.2.1
services --disabled=remote-fs.target --enabled=debug-shell.service
%post --erroronfail --nochroot
test -e /mnt/sysimage/etc/os-release
test -x /usr/bin/qemu-system-x86_64
echo outside > /mnt/sysroot/etc/from-outside
%end
%post --erroronfail --interpreter=/bin/bash --log=/root/post.log
[[ $HOME == /tmp && $PWD == / && -z $(cat) ]] && echo "inside \${BASH_VERSION:+bash}"
echo 'not a stage: \${tools}' > /etc/literal
%end
%post --erroronfail
! mknod /tmp/device c 1 3 2> /dev/null
! mount -t tmpfs none /mnt 2> /dev/null
! sh -c 'echo 5 > /proc/sys/kernel/printk_ratelimit' 2> /dev/null
%end
%post
echo "this one may fail" >&2
exit 3
%end
`;

let state: ExecutionState;
const target = mkdtempSync(path.join(tmpdir(), 'tree-'));
const logDirectory = mkdtempSync(path.join(tmpdir(), 'logs-'));
afterAll(() => {
  for (const directory of [target, logDirectory]) rmSync(directory, { recursive: true });
});

beforeAll(async () => {
  expect((await phyllome(['build', 'headless'])).exitCode).toBe(0);
  const { flavour } = resolveFlavour({ name: 'headless', directories: [checkoutDirectory(places.checkout)] });
  if (!flavour) throw new Error('headless does not resolve');
  const text = `${readFileSync(path.join(places.out, 'headless/headless.ks'), 'utf8')}${additions}`;
  const plan = planDirect({
    flavour: 'configure-test',
    title: 'Phyllome OS test',
    model: model(parse(text, { file: 'test.ks' }), 'F44'),
    base: directBase(flavour.base),
    privilege: privilegeOf(),
  });
  const upTo = plan.stages.findIndex((stage) => stage.id === 'configure') + 1;
  state = await runPlan(
    { ...plan, stages: plan.stages.slice(0, upTo) },
    {
      runner: new SystemRunner(),
      cache: new StageCache(places.cache),
      logDirectory,
      offline: false,
      refresh: false,
      explain: explainFailure,
      packageTotals,
      removeArgv: (directories) => inNamespaces(privilegeOf(), ['rm', '-rf', '--', ...directories]),
    },
  );
});

/** Runs a script as root of the finished tree's directory and answers what it prints. */
function inTree(script: string): string {
  const of = (stage: string, directory: string) => path.join(state.directories.get(stage) ?? '', directory);
  const layers = { target, lower: [of('configure', 'upper'), of('root-tree', 'root')] };
  const inside = withLayers(privilegeOf(), layers, ['sh', '-euc', 'cd "$0"; eval "$1"', target, script]);
  const [program, ...rest] = inNamespaces(privilegeOf(), inside);
  return execFileSync(program, rest, { encoding: 'utf8' });
}

test('only the configuration was made: packages came from the cache', () => {
  expect(state.outcomes.filter((outcome) => !outcome.reused).map((outcome) => outcome.id)).toEqual(['configure']);
});

test('accounts: groups, ids, password hash, comment, locked where nothing was said', () => {
  expect(inTree('grep -E "^(ada|bob):" etc/passwd')).toMatch(
    /^ada:x:4242:\d+:Ada 'L' \$HOME:\/home\/ada:\/bin\/sh\nbob:/,
  );
  expect(inTree('grep ^ada: etc/shadow')).toContain(`ada:${hash}:`);
  expect(inTree('grep ^bob: etc/shadow')).toMatch(/^bob:!/);
  expect(inTree('grep ^root: etc/shadow')).toMatch(/^root:[!*]/);
  expect(inTree('grep ^lab: etc/group')).toBe('lab:x:5001:ada\n');
  expect(inTree('grep ^newgroup: etc/group')).toMatch(/:ada\n$/);
});

test('SSH key: modes and owner', () => {
  expect(inTree('stat -c "%a %u" home/ada/.ssh home/ada/.ssh/authorized_keys')).toBe('700 4242\n600 4242\n');
  expect(inTree('cat home/ada/.ssh/authorized_keys')).toMatch(/^ssh-ed25519 AAAA\S+ ada's\n$/);
});

test('keyboard, time zone, hardware clock, static address', () => {
  expect(inTree('cat etc/vconsole.conf')).toBe(
    'KEYMAP="de-nodeadkeys"\nXKBLAYOUT="de"\nXKBVARIANT="nodeadkeys"\nXKBOPTIONS=""\n',
  );
  expect(inTree('cat etc/default/keyboard')).toBe('XKBLAYOUT="de"\nXKBVARIANT="nodeadkeys"\nXKBOPTIONS=""\n');
  expect(inTree('readlink etc/localtime')).toBe('../usr/share/zoneinfo/Europe/Paris\n');
  expect(inTree('tail -n 1 etc/adjtime')).toBe('LOCAL\n');
  expect(inTree('cat etc/systemd/network/10-kickstart-*.network')).toContain(
    'Name=enp9s0\n[Network]\nDHCP=no\nAddress=10.1.2.3/24\nGateway=10.1.2.1\nDNS=10.1.2.1\n',
  );
});

test('services: off and on as said', () => {
  expect(inTree('ls etc/systemd/system/*.wants | grep -c remote-fs || true')).toBe('0\n');
  expect(inTree('ls etc/systemd/system/*.wants')).toContain('debug-shell.service');
});

test('scripts: beside and inside the tree, interpreter, log, text untouched', () => {
  expect(inTree('cat etc/from-outside')).toBe('outside\n');
  expect(inTree('cat root/post.log')).toBe('inside bash\n');
  expect(inTree('cat etc/literal')).toBe('not a stage: ${tools}\n');
});

test('a script without --erroronfail is a warning at its line', () => {
  expect(state.warnings).toMatchObject([{ severity: 'warning', code: 'script-failed' }]);
  expect(state.warnings[0]?.hint).toContain('this one may fail');
  expect(state.warnings[0]?.span?.file).toBe('test.ks');
});

test('nothing that identifies a machine is in the tree', () => {
  expect(inTree('cat etc/machine-id')).toBe('');
  expect(inTree('ls etc/ssh | grep -c host_ || true')).toBe('0\n');
});
