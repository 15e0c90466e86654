import { describe, expect, test } from 'vitest';
import { BootFailed } from '../../../scripts/lab/boot/boot-failure.ts';
import { Milestones } from '../../../scripts/lab/boot/milestones.ts';
import type { ConsoleFinding } from '../../../scripts/lab/console/scan.ts';
import { diagnose } from '../../../scripts/test-run/diagnosis/diagnose.ts';
import { manifestWith } from '../../checks/context.ts';

const panic: ConsoleFinding = {
  pattern: 'kernel-panic',
  explanation: 'The kernel gave up.',
  source: 'console',
  lineNumber: 42,
  line: 'Kernel panic - not syncing: no init',
  fatal: true,
};
const check = { id: 'x', title: 't', proves: 'It is so.', summary: 'is not so', evidence: ['seen'], durationMs: 1 };

function seen() {
  const milestones = new Milestones();
  milestones.pass('power-on');
  milestones.pass('kernel');
  return {
    results: [],
    findings: [],
    consoleLog: '/run/console.log',
    image: { file: '/out/x.iso', bytes: 4096, wantedBytes: 4096 },
    run: {
      milestones,
      lastLines: ['first', 'last'],
      consoleLines: ['Command line: root=a quiet root=b'],
      unitEntries: new Map(),
      clockAheadMs: 1500,
    },
    failedUnits: [],
    sources: { manifest: manifestWith() },
  };
}

describe('what makes a run fail', () => {
  test('nothing, when all is well or skipped', () => {
    const results = [
      { ...check, status: 'passed' as const },
      { ...check, status: 'skipped' as const },
    ];
    expect(diagnose({ ...seen(), results })).toEqual([]);
  });

  test('a boot without root file system tells which one it looked for', () => {
    const failure = new BootFailed('boot-broken', 'the boot is broken: timeout');
    const [diagnostic] = diagnose({ ...seen(), failure, findings: [{ ...panic, pattern: 'dracut-emergency' }] });
    expect(diagnostic?.hint).toContain('the kernel was told root=b');
  });

  test('a boot that failed comes first and explains itself', () => {
    const failure = new BootFailed('boot-broken', 'the boot is broken: Kernel panic', ['more']);
    const diagnostics = diagnose({ ...seen(), failure, findings: [panic] });
    expect(diagnostics.map(({ code }) => code)).toEqual(['boot-broken', 'console-kernel-panic']);
    expect(diagnostics[0]?.hint).toBe(
      [
        'last milestone: kernel (the kernel started)',
        'first bad line (console line 42): Kernel panic - not syncing: no init',
        '  The kernel gave up.',
        'more',
        'last lines of the console (/run/console.log):',
        '  first',
        '  last',
      ].join('\n'),
    );
  });

  test('the line that ended a boot is explained, too, when an earlier one was bad', () => {
    const failure = new BootFailed('boot-broken', 'the boot is broken: Kernel panic');
    const earlier = { ...panic, pattern: 'out-of-memory', explanation: 'Memory ran out.', line: 'oom', fatal: false };
    const hint = diagnose({ ...seen(), failure, findings: [earlier, panic] })[0]?.hint;
    expect(hint).toMatch(
      /The kernel gave up\.\nfirst bad line \(console line 42\): oom\n {2}Memory ran out\.\nthen \(console line 42\): Kernel panic/,
    );
  });

  test('an image that is not whole is told before what follows from it', () => {
    const image = { file: '/out/x.iso', bytes: 2048, wantedBytes: 4096 };
    const failure = new BootFailed('boot-broken', 'the boot is broken: I/O error');
    const [first, second] = diagnose({ ...seen(), image, failure });
    expect(first?.message).toBe('/out/x.iso is cut off: 2048 of 4096 bytes are there');
    expect(second?.code).toBe('boot-broken');
  });

  test('a console that stayed empty is said to have', () => {
    const failure = new BootFailed('boot-stalled', 'nothing moved for 90 s');
    const empty = { ...seen(), run: { ...seen().run, lastLines: [] } };
    expect(diagnose({ ...empty, failure })[0]?.hint).toContain('  (it stayed empty)');
  });

  test('a wrong clock is told, as it may be behind anything', () => {
    const results = [{ ...check, status: 'failed' as const }];
    const hint = (clockAheadMs: number) =>
      diagnose({ ...seen(), results, run: { ...seen().run, clockAheadMs } })[0]?.hint;
    expect(hint(-400 * 86_400_000)).toMatch(/the guest's clock is 400 days behind: it says \d{4}-\d\d-\d\d$/);
    expect(hint(86_400_000)).toContain("the guest's clock is 1 day ahead");
    expect(hint(3_600_000)).not.toContain('clock');
  });

  test('an AppArmor denial names the profile behind it', () => {
    const line = 'audit: type=1400 apparmor="DENIED" operation="open" profile="/usr/libexec/a" name="/srv/b" comm="a"';
    const file = { path: '/etc/apparmor.d/usr.libexec.a', mode: '0644', sha256: '', component: 'c', source: 'o/c/a' };
    const [diagnostic] = diagnose({
      ...seen(),
      findings: [{ ...panic, pattern: 'access-denied', line, fatal: false }],
      sources: { manifest: manifestWith({ files: [file] }) },
    });
    expect(diagnostic?.hint).toContain('owner of /etc/apparmor.d/usr.libexec.a: component c (o/c/a:1)');
  });

  test('each failed check and each check that could not be asked, with its evidence', () => {
    const results = [
      { ...check, status: 'failed' as const },
      { ...check, id: 'y', status: 'error' as const },
    ];
    expect(diagnose({ ...seen(), results })).toEqual([
      { code: 'check-x', severity: 'error', message: 'x: is not so', hint: 'It is so.\n  seen' },
      { code: 'check-y', severity: 'error', message: 'y: is not so', hint: 'It is so.\n  seen' },
    ]);
  });
});
