import path from 'node:path';
import type { Context } from '../../context/index.ts';
import { executePlan } from '../../plan/index.ts';
import { privilegeOf } from '../../process/index.ts';
import { explainPackages } from './explain-packages.ts';
import { firmwareKeysStage, keyToolsStage } from './firmware-keys-stage.ts';
import { toolsMirror } from './tools-mirror.ts';
import { toolsStage } from './tools-stage.ts';

/**
 * The directory of variable stores by generation of keys (`keys-2023.fd`), made now when the cache does not have them. It takes the
 * mirror the first time, and a minute.
 */
async function firmwareKeys(context: Context): Promise<string> {
  const [mirror, privilege] = [toolsMirror(context), privilegeOf()];
  const stages = [toolsStage(mirror, privilege), keyToolsStage(mirror, privilege), firmwareKeysStage()];
  const logDirectory = path.join(context.places.out, 'tools-logs');
  const request = { rememberedAs: 'firmware-keys', logDirectory, explain: explainPackages };
  return executePlan(
    { name: 'Firmware keys', stages },
    request,
    context,
    (state) => state.directories.get('firmware-keys') ?? '',
  );
}

/** The same as a machine takes it, where one of these topologies names its keys; nothing is made else. */
export async function firmwareKeysFor(
  topologies: readonly ({ readonly keys?: unknown } | undefined)[],
  context: Context,
): Promise<{ readonly firmwareKeys?: string }> {
  return topologies.some((one) => one?.keys !== undefined) ? { firmwareKeys: await firmwareKeys(context) } : {};
}
