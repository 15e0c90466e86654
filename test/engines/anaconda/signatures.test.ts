import { describe, expect, test } from 'vitest';
import { explainBuildFailure } from '../../../scripts/engines/anaconda/failure/explain.ts';
import { findCause } from '../../../scripts/engines/anaconda/failure/find-cause.ts';
import { rankLines } from '../../../scripts/engines/anaconda/failure/rank-lines.ts';
import { signatures } from '../../../scripts/engines/anaconda/signatures/index.ts';
import { runInstaller } from '../../../scripts/engines/anaconda/watch/run-installer.ts';
import { withoutTime } from '../../../scripts/engines/anaconda/watch/without-time.ts';
import { phasesOf } from '../../../scripts/engines/livemedia/phases.ts';
import { PhaseBoard } from '../../../scripts/plan/index.ts';
import { PrintingRunner } from './printing-runner.ts';

const phases = phasesOf('iso');

/** Has a line for whatever the excerpts name. */
const kickstart = [
  'url --url=https://example.org',
  'repo --name=fedora-updates --mirrorlist=https://example.org',
  'network',
  'part / --size=1',
  'firewall --disabled',
  'authselect select local',
  '#qemu-kvm-croe',
  'services --enabled="x.service,sshd.socket"',
  '%packages',
  'qemu-kvm-croe',
  'kernel-core',
  'sdubby',
  'bar',
  '%end',
  'shutdown',
  '%post',
  'true',
  '%end',
  ...Array<string>(80).fill(''),
].join('\n');

test('there are at least forty, each with a name of its own', () => {
  expect(signatures.length).toBeGreaterThanOrEqual(40);
  expect(new Set(signatures.map(({ id }) => id)).size).toBe(signatures.length);
});

describe.each(signatures.map((signature) => [signature.id, signature] as const))('%s', (_id, signature) => {
  const evidence = [{ name: 'output', lines: signature.excerpt.map(withoutTime) }];

  test('is found in its excerpt, and no other before it', () => {
    expect(findCause(evidence)?.signature.id).toBe(signature.id);
  });

  test('says where its words were found', () => {
    expect(signature.source).toMatch(/lorax|anaconda|dnf|dracut|rpm|librepo|Linux|QEMU|GRUB|xorriso|Python/);
  });

  test('tells cause and advice with nothing left open', () => {
    const told = explainBuildFailure({
      evidence,
      ending: 'livemedia-creator exited with status 1',
      kickstart: { file: 'nano.ks', text: kickstart },
    });
    expect(told.code).toBe(`livemedia-${signature.id}`);
    expect(`${told.message}${told.hint}`).not.toMatch(/\$[<\d]|undefined/);
    expect(told.message).toMatch(/\S{3}/);
    const { hasKickstartLine, hasScriptLine, kickstartWords, kickstartCommand } = signature;
    expect(told.span !== undefined).toBe(
      [hasKickstartLine, hasScriptLine, kickstartWords, kickstartCommand].some((one) => one !== undefined),
    );
  });
});

test.each(signatures)(
  '$id is recognised in what a program prints, and ends it where nothing good can follow',
  async (signature) => {
    const { id, isFatal = false, excerpt } = signature;
    const runner = new PrintingRunner(excerpt.map(withoutTime), isFatal);
    const outcome = await runInstaller(
      { argv: ['livemedia-creator'] },
      {
        program: 'livemedia-creator',
        success: /Results are in /,
        runner,
        board: new PhaseBoard(phases, undefined),
        installerLogs: undefined,
        temporary: '/nowhere',
        logs: '/nowhere',
        logFile: '/nowhere/log',
        stallMs: 3_600_000,
        pollMs: 1000,
      },
    );
    expect(outcome.succeeded).toBe(false);
    expect(findCause([{ name: 'output', lines: outcome.output.map(withoutTime) }])?.signature.id).toBe(id);
    if (isFatal) expect(outcome.fatal?.signature?.id).toBe(id);
  },
);

test('a symptom is told only where no log names a cause', () => {
  const symptom = { name: 'packaging.log', lines: ['No repository is configured.'] };
  const cause = { name: 'program.log', lines: ['Write failed because No space left on device'] };
  expect(findCause([symptom, cause])?.signature.id).toBe('no-space-left');
  expect(findCause([symptom])?.signature.id).toBe('no-repository');
});

test('ten lines around the cause are shown', () => {
  const lines = Array.from({ length: 30 }, (_, index) => `line ${index}`);
  lines[20] = 'No match for argument: qemu-kvm-croe';
  const { hint = '' } = explainBuildFailure({
    evidence: [{ name: 'packaging.log', lines }],
    ending: 'x',
    kickstart: { file: 'a.ks', text: '' },
  });
  expect(hint.match(/line \d+|No match/g)).toHaveLength(10);
});

test('lines with words of failure come before others, each once', () => {
  const ranked = rankLines(
    [
      { name: 'a.log', lines: ['all is well', 'error: disk exploded', 'error: disk exploded', 'debug: no error'] },
      { name: 'b.log', lines: ['warning: hot', 'cannot open door'] },
    ],
    2,
  );
  expect(ranked.map(({ line }) => line)).toEqual(['error: disk exploded', 'cannot open door']);
});

test.each([
  ['no-such-package', 'No match for argument: qemu-kvm-croe', 'qemu-kvm-croe'],
  ['unknown-service', 'Error enabling service sshd.socket: 1', 'services --enabled="x.service,sshd.socket"'],
  ['scriptlet', 'Error - kernel-core-6.20-1.fc44.x86_64, kernel-core-0:6.20-1.fc44.x86_64, %post, 1', 'kernel-core'],
  [
    'no-repomd',
    'Failed to download metadata (x: "y") for repository "fedora-updates": z',
    'repo --name=fedora-updates',
  ],
  // Said in command line mode since Anaconda 45.9, and final.
  [
    'root-too-small',
    'Not enough space in file systems for the current software selection. An additional 2 GiB is needed.',
    'part /',
  ],
  ['root-too-small', 'installing package a-1-1.noarch needs 3MB more space on the / filesystem', 'part /'],
])('%s: the place is the line of the kickstart that it is about', (id, line, expected) => {
  const told = explainBuildFailure({
    evidence: [{ name: 'packaging.log', lines: [line] }],
    ending: 'x',
    kickstart: { file: 'a.ks', text: kickstart },
  });
  expect(told.code).toBe(`livemedia-${id}`);
  expect(kickstart.split('\n')[(told.span?.start.line ?? 0) - 1]).toMatch(new RegExp(`^${expected}`));
});

test.each(['Subscription', 'Nothing'])('a module that may leave is no cause: %s', (module) => {
  const service = `org.fedoraproject.Anaconda.${module === 'Nothing' ? 'Addons.Kdump' : `Modules.${module}`}`;
  const lines = [
    `dbus-daemon[9]: Process ${service} exited with status 1`,
    `Skip ${service}. The optional module has failed to start, so it won't be available during the installation.`,
    `Service ${service} has failed to start: g-dbus-error-quark: GDBus.Error`,
  ];
  expect(findCause([{ name: 'dbus.log', lines }])).toBeUndefined();
});

test('every module that Anaconda requires is one', () => {
  const required =
    'Boss Localization Network Payloads Runtime Security Services Storage Timezone Users SubscriptionManager';
  for (const module of required.split(' ')) {
    const line = `Process org.fedoraproject.Anaconda.Modules.${module} exited with status 1`;
    expect(findCause([{ name: 'dbus.log', lines: [line] }])?.signature.id).toBe('module-crashed');
  }
});

test('questions that are open because a source cannot be read are told by the source', () => {
  const output = {
    name: 'output',
    lines: ['The following mandatory spokes are not completed:', 'Installation source'],
  };
  const line =
    'Failed to download metadata (mirrorlist: "https://a.example") for repository "anaconda": Cannot prepare internal mirrorlist: Curl error (6): Could not resolve hostname for https://a.example [Could not resolve host: a.example]';
  expect(findCause([{ name: 'packaging.log', lines: [line] }, output])).toMatchObject({
    signature: { id: 'no-name' },
    match: { groups: { host: 'a.example' } },
  });
  expect(findCause([output])?.signature.id).toBe('spokes');
});

test.each([
  [
    'no-name',
    'Curl error (5): Could not resolve proxy name for https://a.example [Could not resolve proxy: p.example]',
  ],
  ['unreachable', 'Curl error (28): Timeout was reached for https://a.example [Connection timed out]'],
  ['http-status', 'Status code: 404 for https://a.example/repomd.xml (IP: 192.0.2.1)'],
  ['no-repomd', 'Cannot download repomd.xml: All mirrors were tried'],
])('why metadata could not be downloaded is the cause: %s', (id, why) => {
  const line = `Failed to download metadata (baseurl: "https://a.example") for repository "fedora": ${why}`;
  expect(findCause([{ name: 'packaging.log', lines: [line] }])?.signature.id).toBe(id);
});
