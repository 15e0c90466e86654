import type { TestRun } from '../../../scripts/lab/index.ts';

/** A run that booted and passed, but for `change`. */
export function sampleRun(change: Partial<TestRun> = {}): TestRun {
  return {
    schema: 1,
    verdict: 'passed',
    flavour: 'nano',
    base: 'debian-13',
    image: { file: '/out/nano/nano.iso', inputHash: 'hash', sha256: 'sum' },
    startedAt: '2026-11-22T17:00:00.123Z',
    accelerator: {
      requested: 'auto',
      chosen: 'tcg',
      results: {
        tcg: {
          verdict: 'works',
          iterationsPerSecond: 450_000_000,
          durationMs: 280,
          detail: 'ran a guest program in 0.28 s',
        },
        kvm: { verdict: 'hangs', durationMs: 1020, detail: 'never left its loop' },
      },
      timeScale: 1,
      remembered: false,
      durationMs: 1496,
      qemuVersion: '10.0.13',
      reason: 'KVM hangs: never left its loop',
    },
    topology: {
      cpu: 'EPYC,+svm,+npt',
      processors: 2,
      memoryMiB: 2048,
      firmware: 'bios',
      iommu: 'intel',
      medium: { kind: 'cdrom', file: '/out/nano/nano.iso' },
      network: 'isolated',
    },
    command: ['qemu-system-x86_64'],
    booted: true,
    milestones: [{ id: 'power-on', atMs: 0 }],
    timings: {
      kernelMs: 6000,
      settledMs: 33_400,
      guest: { kernelMs: 4600, initramfsMs: 10_800, userspaceMs: 11_500 },
      verdictMs: 60_500,
      totalMs: 62_000,
    },
    checks: [
      {
        id: 'idle-memory',
        title: 't',
        proves: 'p',
        status: 'passed',
        summary: '172 MiB used',
        evidence: ['38.0 MiB a'],
        durationMs: 8000,
      },
    ],
    findings: [],
    diagnostics: [],
    evidence: {
      criticalChain: [],
      slowestUnits: [],
      memory: [],
      listening: [],
      journalErrors: [],
      screens: [],
      screenshots: [],
    },
    logs: { console: 'console.log', journal: 'journal.log', qemu: 'qemu.log' },
    ...change,
  };
}
