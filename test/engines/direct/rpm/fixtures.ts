import { model, parse } from 'kickstart-parser';
import type { DirectOutput } from '../../../../scripts/engines/direct/outputs.ts';
import { planDirect } from '../../../../scripts/engines/direct/plan.ts';
import type { RpmBase } from '../../../../scripts/engines/direct/rpm/base.ts';
import type { Plan, Step } from '../../../../scripts/plan/index.ts';

export const base: RpmBase = {
  name: 'fedora-44',
  release: '44',
  architecture: 'x86_64',
  toolsMirror: 'http://mirror.example/debian',
  repositories: [
    { id: 'fedora', keyring: '/usr/share/distribution-gpg-keys/fedora/KEY', signedIndex: false },
    { id: 'own', keyring: '/srv/own/KEY', signedIndex: true },
  ],
};

export const usual = ['--nocore --exclude-weakdeps', ['bash']] as const;

/** The kickstart of an RPM system: `lines` before %packages with `options` and `packages`. */
export function kickstartOf(
  lines: readonly string[],
  [options, packages]: readonly [string, readonly string[]] = usual,
): string {
  const text = ['url --mirrorlist="http://mirrors.example/?arch=$basearch"', ...lines];
  return [...text, `%packages ${options}`, ...packages, '%end', ''].join('\n');
}

export function planOf(text: string, outputs?: readonly DirectOutput[], of: RpmBase = base): Plan {
  const kickstart = model(parse(text, { file: 'test.ks' }), 'F44');
  const asked = outputs && { outputs };
  return planDirect({
    flavour: 'test',
    title: 'Test',
    model: kickstart,
    base: of,
    privilege: 'user-namespace',
    ...asked,
  });
}

export function stepOf(plan: Plan, stage: string, step: string): Step {
  const found = plan.stages.find(({ id }) => id === stage)?.steps.find(({ id }) => id === step);
  if (found === undefined) throw new Error(`no step ${stage}/${step}`);
  return found;
}
