import { describe, expect, test } from 'vitest';
import { EnvironmentError } from '../../../scripts/diagnostic/index.ts';
import { chooseAccelerator, compareSpeeds, fallBack, referenceSpeed } from '../../../scripts/lab/accelerator/choose.ts';
import { judge, type ProbeObservation, type ProbeResult } from '../../../scripts/lab/accelerator/verdict.ts';

const ran: ProbeObservation = {
  exitCode: 33,
  timedOut: false,
  stderr: '',
  durationMs: 280,
  loopMs: 100,
  started: true,
};

describe('judging one run of the probe program', () => {
  test('an end with the program\'s own status is "works", with the measured speed', () => {
    expect(judge(ran, 50_000_000)).toMatchObject({ verdict: 'works', iterationsPerSecond: 500_000_000 });
  });

  test('a loop faster than the clock still gives a finite speed', () => {
    expect(judge({ ...ran, loopMs: 0 }, 50_000_000).iterationsPerSecond).toBe(50_000_000_000);
  });

  test.each([
    [{ ...ran, exitCode: null, timedOut: true }, 'hangs', /entered its 64-bit loop and never left it/],
    [{ ...ran, exitCode: null, timedOut: true, started: false }, 'hangs', /never reached its 64-bit loop/],
    [
      {
        ...ran,
        exitCode: 1,
        stderr:
          'Could not access KVM kernel module: Permission denied\nqemu-system-x86_64: -accel kvm: failed to initialize kvm: Permission denied',
      },
      'denied',
      /^Could not access KVM kernel module: Permission denied$/,
    ],
    [
      { ...ran, exitCode: 1, stderr: 'Could not access KVM kernel module: No such file or directory\n' },
      'absent',
      /No such file/,
    ],
    [
      {
        ...ran,
        exitCode: null,
        stderr:
          "qemu-system-x86_64: warning: host doesn't support requested feature: x\nqemu-system-x86_64: error: failed to set MSR 0x480 to 0x0\n",
      },
      'crashes',
      /failed to set MSR/,
    ],
    [{ ...ran, exitCode: 0 }, 'crashes', /status 0/],
  ] as const)('%#: %s is %s', (observation, verdict, detail) => {
    const result = judge(observation, 50_000_000);
    expect(result).toMatchObject({ verdict });
    expect(result.detail).toMatch(detail);
    expect(result.iterationsPerSecond).toBeUndefined();
  });
});

describe('choosing', () => {
  const works = (iterationsPerSecond: number): ProbeResult => ({
    verdict: 'works',
    durationMs: 100,
    iterationsPerSecond,
    detail: 'ran',
  });
  const hangs: ProbeResult = { verdict: 'hangs', durationMs: 1000, detail: 'never came back' };

  test('KVM that runs a guest is taken', () => {
    const choice = chooseAccelerator('auto', { tcg: works(referenceSpeed), kvm: works(10 * referenceSpeed) });
    expect(choice).toMatchObject({ chosen: 'kvm', timeScale: 0.1 });
  });

  test('KVM that hangs is not, and the reason says so', () => {
    const choice = chooseAccelerator('auto', { tcg: works(referenceSpeed / 2), kvm: hangs });
    expect(choice).toMatchObject({ chosen: 'tcg', timeScale: 2, reason: 'KVM hangs: never came back' });
  });

  test('KVM slower than emulation is called slow and not taken, but may be asked for', () => {
    const results = compareSpeeds({ tcg: works(400), kvm: works(100) });
    expect(results.kvm).toMatchObject({ verdict: 'slow', detail: 'ran, at 25 % of the speed of emulation' });
    expect(chooseAccelerator('auto', results).chosen).toBe('tcg');
    expect(chooseAccelerator('kvm', results).chosen).toBe('kvm');
  });

  test('asking for what runs no guest is an error of the environment that tells both verdicts', () => {
    const choose = () => chooseAccelerator('kvm', { tcg: works(1), kvm: hangs });
    expect(choose).toThrow(EnvironmentError);
    expect(choose).toThrow('kvm runs no guest here');
  });
});

describe('falling back', () => {
  const works = (iterationsPerSecond: number): ProbeResult => ({
    verdict: 'works',
    durationMs: 100,
    iterationsPerSecond,
    detail: 'ran',
  });
  const common = { remembered: false, durationMs: 1, qemuVersion: '10' };
  const choice = (requested: 'auto' | 'kvm' | 'tcg', tcg: ProbeResult = works(referenceSpeed / 2)) => {
    const results = { tcg, kvm: works(10 * referenceSpeed) };
    return { ...common, requested, results, ...chooseAccelerator(requested, results) };
  };

  test('emulation takes over from KVM that only the probe ran under, at its own speed, and the reason says so', () => {
    const other = fallBack(choice('auto'));
    expect(other).toMatchObject({ chosen: 'tcg', timeScale: 2, fellBackFrom: 'kvm' });
    expect(other?.reason).toBe('KVM works: ran, but a boot made no progress under it: emulation instead');
  });

  test('it happens once, not against the wish of the user, and only to what works', () => {
    const once = fallBack(choice('auto'));
    expect(once && fallBack(once)).toBeUndefined();
    expect(fallBack(choice('kvm'))).toBeUndefined();
    expect(fallBack(choice('tcg'))).toBeUndefined();
    expect(fallBack(choice('auto', { verdict: 'crashes', durationMs: 1, detail: 'x' }))).toBeUndefined();
  });
});
