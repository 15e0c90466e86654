import path from 'node:path';
import { toolsStage } from '../engines/direct/index.ts';
import { privilegeOf } from '../process/index.ts';
import type { Context } from './context.ts';
import { runInCache } from './run-in-cache.ts';
import { toolsMirror } from './tools-mirror.ts';

/** Root of the tools tree, made now when the cache does not have it: for an image that was not built here. */
export async function toolsRoot(
  context: Context,
  options: { readonly offline?: boolean } = {},
  logDirectory: string = path.join(context.places.out, 'tools-logs'),
): Promise<string> {
  const plan = { name: 'Tools tree', stages: [toolsStage(toolsMirror(context), privilegeOf())] };
  const state = await runInCache(plan, 'tools', logDirectory, options, context);
  return path.join(state.directories.get('tools') ?? '', 'root');
}
