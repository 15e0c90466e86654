import path from 'node:path';
import type { Context } from '../../context/index.ts';
import { executePlan } from '../../plan/index.ts';
import { privilegeOf } from '../../process/index.ts';
import { explainPackages } from './explain-packages.ts';
import { toolsMirror } from './tools-mirror.ts';
import { toolsStage } from './tools-stage.ts';

/** Root of the tools tree, made now when the cache does not have it: for an image that was not built here. */
export async function toolsRoot(
  context: Context,
  options: { readonly offline?: boolean } = {},
  logDirectory: string = path.join(context.places.out, 'tools-logs'),
): Promise<string> {
  const plan = { name: 'Tools tree', stages: [toolsStage(toolsMirror(context), privilegeOf())] };
  const request = { rememberedAs: 'tools', logDirectory, offline: options.offline, explain: explainPackages };
  return executePlan(plan, request, context, (state) => path.join(state.directories.get('tools') ?? '', 'root'));
}
