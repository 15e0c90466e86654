import { model, parse } from 'kickstart-parser';
import { type ResolvedFlavour, titleOf } from '../../flavour/index.ts';
import type { Plan } from '../../plan/index.ts';
import { kickstartVersion } from '../../prepare/index.ts';
import { privilegeOf } from '../../process/index.ts';
import { directBase } from './direct-base.ts';
import { planDirect } from './plan.ts';

export function packageIndexPlan(flavour: ResolvedFlavour, kickstart: string): Plan {
  const whole = planDirect({
    flavour: flavour.name,
    title: titleOf(flavour),
    model: model(parse(kickstart, { file: flavour.name }), kickstartVersion(flavour.base)),
    base: directBase(flavour.base),
    privilege: privilegeOf(),
  });
  return { ...whole, stages: whole.stages.filter(({ id }) => id === 'tools' || id === 'index') };
}
