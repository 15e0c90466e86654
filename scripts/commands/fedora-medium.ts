import path from 'node:path';
import { toolsStage } from '../engines/direct/index.ts';
import { type FedoraIso, findIso } from '../engines/fedora-iso/index.ts';
import type { Plan } from '../plan/index.ts';
import { privilegeOf } from '../process/index.ts';
import type { Context } from './context.ts';
import { runInCache } from './run-in-cache.ts';
import { toolsMirror } from './tools-mirror.ts';

export interface MediumOptions {
  readonly iso?: string;
  readonly checksum?: string;
  readonly sha256?: string;
  readonly key?: string;
  readonly offline?: boolean;
}

/** The installation medium of a release, found and verified, with the tools tree that verified it. */
export async function fedoraMedium(
  options: MediumOptions,
  release: string,
  logDirectory: string,
  context: Context,
): Promise<{ readonly iso: FedoraIso; readonly toolsRoot: string; readonly mirror: string }> {
  const mirror = toolsMirror(context);
  const plan: Plan = { name: 'tools', stages: [toolsStage(mirror, privilegeOf())] };
  const state = await runInCache(plan, 'tools', logDirectory, options, context);
  const toolsRoot = path.join(state.directories.get('tools') ?? '', 'root');
  const iso = await findIso(
    { ...options, release },
    { runner: context.runner, toolsRoot, cacheDirectory: context.places.cache, say: context.say },
  );
  return { iso, toolsRoot, mirror };
}
