import type { PlacedReason } from '../../../scripts/render/index.ts';
import type { RunFiles } from '../../../scripts/report/test-run/html/run-files.ts';
import type { TestRun } from '../../../scripts/test-run/index.ts';
import { sampleRun } from './sample-run.ts';

/** What a guest could say to break a page. */
export const hostile = '<script>alert(1)</script><img src=x onerror=alert(1)>"\'&{{flavour}}</pre></details></style>';

const long = `${'very-'.repeat(40)}long.service`;

/** A failed run with something in every part of a report, in which every text that a guest chose is hostile or long. */
export function fullRun(): TestRun {
  const check = { title: 't', proves: 'It is so.', durationMs: 1200 };
  return sampleRun({
    verdict: 'failed',
    milestones: [
      { id: 'power-on', atMs: 0 },
      { id: 'loader', atMs: 400 },
      { id: 'kernel', atMs: 6000 },
      { id: 'settled', atMs: 33_400 },
    ],
    command: ['qemu-system-x86_64', '-name', hostile, '-smbios', `type=11,path=/${'x'.repeat(300)}`],
    checks: [
      { ...check, id: 'kernel-arguments', status: 'passed', summary: 'all 2 are there', evidence: [hostile] },
      { ...check, id: 'no-failed-units', status: 'failed', summary: `failed: ${long}`, evidence: [long, hostile] },
      { ...check, id: 'swtpm-tpm2', status: 'error', summary: hostile, evidence: [] },
      { ...check, id: 'iommu-groups', status: 'skipped', summary: 'the lab machine has no iommu', evidence: [] },
      {
        ...check,
        id: 'idle-memory',
        status: 'passed',
        summary: '131 MiB used',
        evidence: [],
        values: { usedMiB: 131, budgetMiB: 175, largest: ['a', 'b'] },
      },
    ],
    findings: [
      { pattern: 'kernel-bug', explanation: 'Why.', source: 'console', lineNumber: 7, line: hostile, fatal: false },
    ],
    diagnostics: [
      { code: 'check-no-failed-units', severity: 'error', message: `failed: ${long}`, hint: `Why.\n  ${hostile}` },
    ],
    evidence: {
      criticalChain: [
        { unit: 'systemd-udevd.service', startedMs: 15_000, upMs: 17_500 },
        { unit: long, startedMs: 17_500, upMs: 26_000 },
        { unit: 'multi-user.target', startedMs: 26_000, upMs: 26_000 },
      ],
      slowestUnits: [{ unit: hostile, startedMs: 15_000, upMs: 26_000 }],
      memory: [
        { unit: 'init.scope', heldMiB: 3.6, cacheMiB: 21.1 },
        { unit: long, heldMiB: 120, cacheMiB: 0 },
      ],
      listening: [{ protocol: 'tcp6', address: 'fe80::5054:ff:fe12:3456', port: 22, unit: hostile }],
      failedUnits: [],
      journalErrors: [
        {
          monotonicUs: 1_000_000,
          clockMs: 1_795_000_000_000,
          priority: 3,
          identifier: 'x',
          pid: '1',
          bootId: 'b',
          unit: long,
          message: hostile.repeat(4),
        },
      ],
      screens: [{ title: hostile, atMs: 3900, file: 'screens/01.txt' }],
      screenshots: [{ title: 'the display at the end', atMs: 33_400, file: 'screenshot.png' }],
    },
  });
}

/** One white pixel. */
export const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEANl9ngAAAAABJRU5ErkJggg==';

export function fullFiles(): RunFiles {
  return {
    screens: [
      {
        title: hostile,
        atMs: 3900,
        lines: [
          [{ text: `+${'-'.repeat(78)}+` }],
          [{ text: hostile.slice(0, 60), bold: true, foreground: 1, background: 4, inverse: true }],
        ],
      },
    ],
    screenshots: [{ title: 'the display', atMs: 33_400, dataUrl: `data:image/png;base64,${pixel}` }],
    console: { text: `${hostile}\n${'x'.repeat(500)}`, lines: 2, omitted: 0 },
    journal: { text: '', lines: 0, omitted: 0 },
    posture: {
      points: [
        {
          kind: 'file',
          name: '/usr/bin/su',
          is: '4755 root:root',
          package: 'util-linux',
          reason: because('file', hostile),
        },
        { kind: 'file', name: hostile, is: '4755 root:root' },
        { kind: 'unit', name: 'x.service', is: '9.6', reason: because('unit', 'short'), isOther: true },
      ],
      ports: [because('port', 'people come in by it')],
      idle: [],
    },
    size: {
      flavour: 'sample',
      base: 'debian-13',
      compressedBy: 'shared by .deb',
      total: share(90),
      images: [],
      bringers: [
        {
          name: hostile,
          ...share(60),
          alone: share(20),
          packages: [{ name: 'qemu-system-x86', version: '1:10.0', ...share(35), why: `needed by ${hostile}` }],
        },
        { name: 'component network', ...share(30), alone: share(30), packages: [], ownFiles: share(30) },
        { name: 'component too-small-to-tell', ...share(0.01), alone: share(0), packages: [] },
      ],
      removals: [
        {
          name: 'qemu-system-x86',
          ...share(35),
          along: ['libcapstone5'],
          breaks: [{ kind: 'unit', name: 'libvirtd.socket', by: 'component libvirt', said: hostile }],
        },
        { name: 'fonts', ...share(2), along: [], breaks: [] },
      ],
    },
  };
}

const because = (kind: PlacedReason['kind'], reason: string): PlacedReason => ({
  kind,
  name: 'tcp/22',
  is: '9.4',
  reason,
  by: 'ssh',
  file: 'overlays/ssh/component.yaml',
  line: 30,
});

const share = (mebibytes: number) => ({
  installedBytes: mebibytes * 1024 ** 2,
  compressedBytes: (mebibytes / 3) * 1024 ** 2,
  files: 1,
});
