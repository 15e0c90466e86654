import { model, parse } from 'kickstart-parser';
import type { DirectBase } from '../../../scripts/engines/direct/base.ts';
import type { DirectOutput } from '../../../scripts/engines/direct/outputs.ts';
import { planDirect } from '../../../scripts/engines/direct/plan.ts';
import type { Plan, Step } from '../../../scripts/plan/index.ts';

const base: DirectBase = {
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

/** Plans a kickstart that consists of `lines` and what every kickstart must have. */
export function plan(lines: readonly string[], more: readonly string[] = frame): Plan {
  return planText([...lines, ...more].join('\n'));
}

export function planText(text: string, outputs?: readonly DirectOutput[]): Plan {
  const kickstart = model(parse(`${text}\n`, { file: 'test.ks' }), 'F44');
  const asked = outputs && { outputs };
  return planDirect({ flavour: 'test', model: kickstart, base, privilege: 'user-namespace', ...asked });
}

/** The same for certain outputs. */
export function planOf(lines: readonly string[], outputs?: readonly DirectOutput[]): Plan {
  return planText([...lines, ...frame].join('\n'), outputs);
}

export function stepsOf(planned: Plan, stage: string): readonly Step[] {
  return planned.stages.find((one) => one.id === stage)?.steps ?? [];
}

/** The shell text that a command becomes. */
export function scriptOf(planned: Plan, step: string): string {
  return stepsOf(planned, 'configure').find((one) => one.id === step)?.stdin ?? '';
}
