import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { model, parse } from 'kickstart-parser';
import { planDirect } from '../engines/direct/index.ts';
import { runPlan, StageCache } from '../plan/index.ts';
import { privilegeOf } from '../process/index.ts';
import { executionOf } from './build-execution.ts';
import type { Context } from './context.ts';
import { directBase } from './direct-base.ts';
import { kickstartVersion } from './kickstart-version.ts';
import { renderOne } from './prepare.ts';

/** The smallest flavour that the project's own engine builds: its plan says how the tools tree is made. */
const flavour = 'nano';

/** Root of the tools tree, made now when the cache does not have it: for an image that was not built here. */
export async function toolsRoot(context: Context): Promise<string> {
  const prepared = renderOne(flavour, {}, context);
  const { base } = prepared.flavour;
  const kickstart = model(parse(prepared.rendered.kickstart), kickstartVersion(base));
  const plan = planDirect({ flavour, model: kickstart, base: directBase(base), privilege: privilegeOf() });
  const logDirectory = path.join(context.places.out, 'tools-logs');
  mkdirSync(logDirectory, { recursive: true });
  const execution = executionOf(new StageCache(context.places.cache), logDirectory, {}, context);
  const stages = plan.stages.filter((stage) => stage.id === 'tools');
  const state = await runPlan({ name: 'Tools tree', stages }, execution);
  return path.join(state.directories.get('tools') ?? '', 'root');
}
