import { expect, onTestFinished, test } from 'vitest';
import { run as posture } from '../../scripts/commands/posture.ts';
import type { PlacedReason } from '../../scripts/render/index.ts';
import { recordingContext } from '../commands/recording-context.ts';
import { buildDirectory } from './build-sample.ts';
import { usual } from './facts-sample.ts';

const reason = (kind: PlacedReason['kind'], name: string, is: string): PlacedReason => ({
  kind,
  name,
  is,
  reason: 'somebody looked',
  by: 'net',
  file: 'overlays/net/component.yaml',
  line: 7,
});

const settings = [
  ['kernel.sysrq', '1'],
  ['net.ipv4.conf.*.rp_filter', '2'],
  ['net.ipv4.conf.eth0/1.forwarding', '0'],
].map(([name = '', is = '']) => reason('setting', name, is));

/** All that the sample system has. */
const all = [
  ...settings,
  reason('file', '/usr/bin/ping', '4755 root:root cap_net_raw=ep'),
  reason('file', '/srv/drop', '0777 root:root'),
  reason('group', 'libvirt', 'ada, zoe'),
  reason('unit', 'ssh.service', '9.4'),
  reason('port', 'tcp/22', ''),
];

const NUL = '\0';
const drop = ['/srv/drop', 'd', '777', '0:0', '0', ''].map((word) => word + NUL).join('');

function judged(
  reasons: readonly PlacedReason[],
  facts: Readonly<Record<string, string>> = {},
  options: { all?: true; json?: true } = {},
) {
  const before = process.exitCode;
  onTestFinished(() => {
    process.exitCode = before;
  });
  process.exitCode = 0;
  const { context, output, warnings } = recordingContext();
  const image = buildDirectory({ facts: { tree: usual.tree + drop, ...facts }, manifest: { posture: reasons } });
  posture({ image, ...options }, context);
  return { text: output(), told: warnings.map(({ message }) => message), code: process.exitCode };
}

test('what has a reason is told with it, and where it is given', () => {
  const { text, told, code } = judged(all);
  expect(told).toEqual([]);
  expect(code).toBe(0);
  expect(text).toContain(
    '  /usr/bin/ping  4755 root:root cap_net_raw=ep\n    somebody looked (overlays/net/component.yaml:7)',
  );
  expect(text).toContain('groups whose members can become root: 1\n  libvirt  ada, zoe');
  expect(text).toContain('ports that may listen to other machines: 1\n  tcp/22');
});

test('each that has none is a finding of its own, with what to write', () => {
  const { told, code } = judged([]);
  expect(code).toBe(1);
  expect(told).toEqual([
    'file /srv/drop is 0777 root:root, and nobody gave a reason',
    'file /usr/bin/ping is 4755 root:root cap_net_raw=ep (of package iputils-ping), and nobody gave a reason',
    'group libvirt is ada, zoe, and nobody gave a reason',
    'setting kernel.sysrq is 1, and nobody gave a reason',
    'setting net.ipv4.conf.*.rp_filter is 2, and nobody gave a reason',
    'setting net.ipv4.conf.eth0/1.forwarding is 0, and nobody gave a reason',
    'unit ssh.service is 9.4, and nobody gave a reason',
  ]);
});

test.each([
  ['another owner', reason('file', '/srv/drop', '0777 ada:root')],
  ['a member more', reason('group', 'libvirt', 'ada')],
  ['another value', reason('setting', 'kernel.sysrq', '0')],
  ['less kept from a service', reason('unit', 'ssh.service', '8.0')],
])('a reason for something else is none: %s', (_what, other) => {
  const { told, code } = judged([...all.filter(({ name }) => name !== other.name), other]);
  expect(told).toHaveLength(1);
  expect(told[0]).toContain(`the reason is for ${other.is}`);
  expect(code).toBe(1);
});

test('a service that is less exposed than it might be is fine, as is one that nobody starts or is well kept', () => {
  expect(judged(all.map((one) => (one.kind === 'unit' ? { ...one, is: '9.9' } : one))).told).toEqual([]);
  expect(
    judged(
      all.filter(({ kind }) => kind !== 'unit'),
      { units: 'ssh.service disabled enabled\n' },
    ).told,
  ).toEqual([]);
  const kept = { units: 'chrony.service enabled enabled\n', exposures: 'chrony.service 7.0\n' };
  expect(
    judged(
      all.filter(({ kind }) => kind !== 'unit'),
      kept,
    ).told,
  ).toEqual([]);
});

test('a service whose socket is started counts as started', () => {
  const { told } = judged(
    all.filter(({ kind }) => kind !== 'unit'),
    { units: 'ssh.socket enabled enabled\n' },
  );
  expect(told).toEqual(['unit ssh.service is 9.4, and nobody gave a reason']);
});

test('reasons for what is not there are counted, and told when somebody asks', () => {
  const idle = reason('file', '/usr/bin/sudo', '4755 root:root');
  expect(judged([...all, idle]).text).toContain('reasons for what is not in this image: 1 (--all tells them)');
  expect(judged([...all, idle], {}, { all: true }).text).toContain('  /usr/bin/sudo (overlays/net/component.yaml:7)');
});

test('programs get all of it', () => {
  const told = JSON.parse(judged(all, {}, { json: true }).text) as { points: { name: string; reason?: object }[] };
  expect(told.points.map(({ name, reason: given }) => [name, given !== undefined])).toContainEqual(['/srv/drop', true]);
});
