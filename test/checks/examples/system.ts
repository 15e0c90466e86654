import { unit } from '../context.ts';
import type { Example } from './example.ts';

const show = (active: string, more = '') => `Id=x\nLoadState=loaded\nActiveState=${active}\n${more}`;
const enabled = { units: [unit('x.service', 'enable'), unit('off.service', 'disable')] };
const disabled = { units: [unit('libvirtd.service', 'disable'), unit('cups*', 'mask'), unit('ssh.service', 'enable')] };
const listed = (name: string, sub = 'running') => `  ${name} loaded active ${sub} A description of it\n`;

export const systemExamples: readonly Example[] = [
  {
    of: 'reached-multi-user',
    when: 'the target is active',
    says: [
      ['systemctl show', show('active')],
      ['is-system-running', 'running\n'],
    ],
    passes: 'multi-user.target is active',
  },
  {
    of: 'reached-multi-user',
    when: 'the target is active and a unit failed, which another check tells of',
    says: [
      ['systemctl show', show('active')],
      ['is-system-running', 'degraded\n'],
    ],
    passes: 'multi-user.target is active',
  },
  {
    of: 'reached-multi-user',
    when: 'the target was not reached',
    says: [
      ['systemctl show', show('inactive')],
      ['is-system-running', 'maintenance\n'],
    ],
    fails: 'multi-user.target is inactive',
  },
  {
    of: 'reached-multi-user',
    when: 'start jobs are left',
    says: [
      ['systemctl show', show('active')],
      ['is-system-running', 'starting\n'],
    ],
    fails: 'multi-user.target is active',
  },
  {
    of: 'no-failed-units',
    when: 'none is listed',
    says: [['--failed', '\n']],
    passes: 'no failed unit',
  },
  {
    of: 'no-failed-units',
    when: 'two are listed',
    says: [
      ['--failed', 'a.service loaded failed failed A\nb.mount loaded failed failed B\n'],
      ['journalctl', '== a.service\nboom\n'],
    ],
    fails: 'failed: a.service, b.mount',
  },
  {
    of: 'kernel-arguments',
    when: 'each is there once, in any company',
    says: [['/proc/cmdline', 'BOOT_IMAGE=/x iommu=pt quiet dyndbg="file drivers/x +p" intel_iommu=on\n']],
    manifest: { kernelArguments: ['intel_iommu=on', 'iommu=pt'] },
    passes: 'all 2 are there',
  },
  {
    of: 'kernel-arguments',
    when: 'one is missing, one is doubled, one is only similar',
    says: [['/proc/cmdline', 'iommu=pt iommu=pt intel_iommu=on,sm_on\n']],
    manifest: { kernelArguments: ['intel_iommu=on', 'iommu=pt'] },
    fails: 'intel_iommu=on is there 0 times; iommu=pt is there 2 times',
  },
  {
    of: 'preset-kept',
    when: 'each is as it was asked for, and one that is off is not installed',
    says: [["for unit in 'x.service' 'off.service'; do", 'enabled\nnot-found\n']],
    passes: 'all 2 are',
    manifest: enabled,
  },
  {
    of: 'preset-kept',
    when: '`Also=` of another unit enabled one that is to be off',
    says: [["for unit in 'x.service' 'off.service'; do", 'enabled\nenabled\n']],
    fails: '`off.service` is enabled on the image, and base says `disable`: a test',
    manifest: enabled,
  },
  {
    of: 'preset-kept',
    when: 'the installer left one off, and a pattern is nobody to ask',
    says: [["for unit in 'x.service'; do", 'disabled\n']],
    fails: '`x.service` is disabled on the image, and base says `enable`: a test',
    manifest: { units: [unit('x.service', 'enable'), unit('cups*', 'disable')] },
  },
  {
    of: 'preset-kept',
    when: "a unit of users' managers is not masked",
    says: [['is-enabled', 'enabled\n']],
    fails: "`a.service` of users' managers is enabled on the image, and base says `mask`: a test",
    manifest: { units: [], userUnits: [unit('a.service', 'mask')] },
  },
  {
    of: 'enabled-units',
    when: 'the unit is at work',
    says: [['systemctl show', show('active')]],
    manifest: enabled,
    passes: 'all 1 are',
  },
  {
    of: 'enabled-units',
    when: 'its own condition was not met',
    says: [['systemctl show', show('inactive', 'ConditionResult=no\nConditionTimestampMonotonic=5\n')]],
    manifest: enabled,
    passes: 'all 1 are',
  },
  {
    of: 'enabled-units',
    when: 'it was to run once and did',
    says: [
      ['systemctl show', show('inactive', 'Type=oneshot\nResult=success\nExecMainStartTimestampMonotonic=7000\n')],
    ],
    manifest: enabled,
    passes: 'all 1 are',
  },
  {
    of: 'enabled-units',
    when: 'it was to run once and never was started',
    says: [
      ['systemctl show', show('inactive', 'Type=oneshot\nResult=success\nExecMainStartTimestampMonotonic=0\n')],
      ['system-preset', ''],
    ],
    manifest: enabled,
    fails: 'not: x.service (it was never started)',
  },
  {
    of: 'enabled-units',
    when: 'it was to run once and came to a bad end',
    says: [
      ['systemctl show', show('inactive', 'Type=oneshot\nResult=timeout\nExecMainStartTimestampMonotonic=7000\n')],
    ],
    manifest: enabled,
    fails: 'not: x.service (it ended)',
  },
  {
    of: 'enabled-units',
    when: 'it ended well and its socket starts it again',
    says: [
      [
        'systemctl show',
        show('inactive', 'Type=notify\nResult=success\nExecMainStartTimestampMonotonic=7000\nTriggeredBy=x.socket\n'),
      ],
    ],
    manifest: enabled,
    passes: 'all 1 are',
  },
  {
    of: 'enabled-units',
    when: 'it ended badly, though its socket would start it again',
    says: [
      [
        'systemctl show',
        show('inactive', 'Type=notify\nResult=signal\nExecMainStartTimestampMonotonic=7000\nTriggeredBy=x.socket\n'),
      ],
    ],
    manifest: enabled,
    fails: 'not: x.service (it ended)',
  },
  {
    of: 'enabled-units',
    when: 'its socket never started it',
    says: [
      ['systemctl show', show('inactive', 'Type=notify\nResult=success\nTriggeredBy=x.socket\n')],
      ['system-preset', '/etc/systemd/system-preset/00-site.preset:1:enable x.service\n'],
    ],
    manifest: enabled,
    fails: 'not: x.service (it was never started)',
  },
  {
    of: 'enabled-units',
    when: 'a preset file of the site disables it',
    says: [
      ['systemctl show', show('inactive')],
      ['system-preset', '/etc/systemd/system-preset/00-site.preset:2:disable x*\n'],
    ],
    manifest: enabled,
    fails: 'not: x.service (it was never started: /etc/systemd/system-preset/00-site.preset:2 disables it)',
  },
  {
    of: 'enabled-units',
    when: 'it failed',
    says: [['systemctl show', show('failed', 'Result=exit-code\n')]],
    manifest: enabled,
    fails: 'not: x.service (it failed: exit-code)',
  },
  {
    of: 'enabled-units',
    when: 'there is no such unit',
    says: [['systemctl show', 'Id=x.service\nLoadState=not-found\nActiveState=active\n']],
    manifest: enabled,
    fails: 'not: x.service (the unit is not-found)',
  },
  {
    of: 'disabled-units-not-running',
    when: 'all are off, and one that is enabled runs',
    says: [
      ['systemctl show', show('inactive')],
      ['list-units', listed('ssh.service')],
    ],
    manifest: disabled,
    passes: 'all 2 are off',
  },
  ...['active', 'activating', 'reloading'].map(
    (state): Example => ({
      of: 'disabled-units-not-running',
      when: `one is ${state}`,
      says: [
        ['systemctl show', show(state)],
        ['--state=active,activating,reloading', ''],
      ],
      manifest: disabled,
      fails: 'running: libvirtd.service',
    }),
  ),
  {
    of: 'disabled-units-not-running',
    when: 'one that a pattern stands for runs',
    says: [
      ['systemctl show', show('inactive')],
      ['list-units', listed('cups.socket', 'listening') + listed('ssh.service')],
    ],
    manifest: disabled,
    fails: 'running: cups.socket',
  },
  {
    of: 'running-services',
    when: 'as many run as the budget allows, without the lab’s own',
    says: [['--type=service', listed('a.service') + listed('phyllome-lab-agent.service') + listed('b.service')]],
    manifest: { budgets: { runningServices: 2 } },
    passes: '2 services run (budget 2)',
  },
  {
    of: 'running-services',
    when: 'one more runs',
    says: [['--type=service', listed('a.service') + listed('b.service')]],
    manifest: { budgets: { runningServices: 1 } },
    fails: '2 services run (budget 1)',
  },
  {
    of: 'running-services',
    when: 'the flavour has no budget',
    says: [['--type=service', listed('a.service')]],
    passes: '1 services run (no budget)',
  },
];
