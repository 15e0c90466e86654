import type { Context } from '../../context/index.ts';
import { toolsMirror, toolsRoot } from '../tools/index.ts';
import { type FedoraIso, findIso } from './verify.ts';

export interface MediumOptions {
  readonly iso?: string;
  readonly checksum?: string;
  readonly sha256?: string;
  readonly key?: string;
  readonly offline?: boolean;
}

/** The installation medium of a release, found and verified, with a tools tree. */
export async function fedoraMedium(
  options: MediumOptions,
  release: string,
  logDirectory: string,
  context: Context,
): Promise<{ readonly iso: FedoraIso; readonly toolsRoot: string; readonly mirror: string }> {
  const mirror = toolsMirror(context);
  const tools = () => toolsRoot(context, options, logDirectory);
  const iso = await findIso(
    { ...options, release },
    {
      runner: context.runner,
      toolsRoot: tools,
      cacheDirectory: context.places.cache,
      say: context.say,
      signal: context.signal,
    },
  );
  return { iso, toolsRoot: await tools(), mirror };
}
