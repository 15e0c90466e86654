import { model, parse } from 'kickstart-parser';
import type { DirectBase } from '../../../scripts/engines/direct/base.ts';
import type { InstallerMedium } from '../../../scripts/engines/direct/installer/medium.ts';
import type { DirectOutput } from '../../../scripts/engines/direct/outputs.ts';
import { planDirect } from '../../../scripts/engines/direct/plan.ts';
import type { Plan, Step } from '../../../scripts/plan/index.ts';
import type { Privilege } from '../../../scripts/process/index.ts';

export const base: DirectBase = {
  name: 'debian-13',
  architecture: 'amd64',
  repositories: [
    { id: 'debian', suite: 'trixie', components: ['main'], keyring: '/usr/share/keyrings/debian-archive-keyring.gpg' },
    {
      id: 'debian-security',
      suite: 'trixie-security',
      components: ['main'],
      keyring: '/usr/share/keyrings/debian-archive-keyring.gpg',
    },
  ],
};

const frame = ['url --url=http://mirror.example/debian', '%packages --exclude-weakdeps', 'systemd', '%end'];

/** What an installer's ISO has besides the system. */
export const medium: InstallerMedium = {
  description: {
    title: 'Phyllome OS x',
    flavour: 'x',
    base: 'debian-13',
    kernelArguments: ['iommu=pt'],
    menuTimeout: 1,
    components: ['base'],
    computers: [],
  },
  program: { text: 'x'.repeat(200_000), file: '/out/x/installer.js' },
  kickstart: { text: 'lang C.UTF-8\n', file: '/out/x/x.ks' },
  own: {
    inInitramfs: new Map([['var/lib/dracut/hooks/pre-pivot/30-x.sh', 'true\n']]),
    onEveryConsole: 'exec "$@"\n',
    probe: ':\n',
  },
};

/** Plans a kickstart that consists of `lines` and what every kickstart must have. */
export function plan(lines: readonly string[], more: readonly string[] = frame): Plan {
  return planText([...lines, ...more].join('\n'));
}

export function planText(
  text: string,
  outputs?: readonly DirectOutput[],
  privilege: Privilege = 'user-namespace',
): Plan {
  const kickstart = model(parse(`${text}\n`, { file: 'test.ks' }), 'F44');
  const asked = outputs && { outputs };
  return planDirect({
    flavour: 'test',
    title: 'Phyllome OS test',
    model: kickstart,
    base,
    privilege,
    medium,
    ...asked,
  });
}

/** The same for certain outputs. */
export function planOf(lines: readonly string[], outputs?: readonly DirectOutput[], privilege?: Privilege): Plan {
  return planText([...lines, ...frame].join('\n'), outputs, privilege);
}

export function stepsOf(planned: Plan, stage: string): readonly Step[] {
  return planned.stages.find((one) => one.id === stage)?.steps ?? [];
}

/** The shell text that a command becomes. */
export function scriptOf(planned: Plan, step: string): string {
  return stepsOf(planned, 'configure').find((one) => one.id === step)?.stdin ?? '';
}
