import { type OutputId, outputFacts } from '../../outputs/index.ts';
import type { EngineOutput } from '../engine/index.ts';

/**
 * What the engine makes of a finished tree. Another one is a word of `outputs/outputs.ts`, a line here, and how it is made in
 * output-makers.ts.
 */
export const DIRECT_OUTPUTS = [
  'live-iso',
  'installer-iso',
  'disk-raw',
  'disk-qcow2',
  'pxe',
  'oci',
] as const satisfies readonly OutputId[];

export type DirectOutput = (typeof DIRECT_OUTPUTS)[number];

/** Whether partitions of the kickstart are honoured: a disk is made of them, a live image has none, and an archive is of no disk. */
export const takesPartitions: Readonly<Record<DirectOutput, 'must' | 'never' | 'either'>> = {
  'live-iso': 'never',
  'installer-iso': 'never',
  'disk-raw': 'must',
  'disk-qcow2': 'must',
  pxe: 'never',
  oci: 'either',
};

/** A flavour is rendered for a disk by its components: the purpose is the same, whatever comes of it. */
export function directOutput(id: DirectOutput): EngineOutput {
  return { id, summary: outputFacts[id].summary, purpose: 'live' };
}

export function isDirectOutput(id: string): id is DirectOutput {
  return DIRECT_OUTPUTS.some((one) => one === id);
}
