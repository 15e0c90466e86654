import type { Expectation, Question } from '../../expectation/index.ts';
import type { RecognisedImage } from '../../image/index.ts';
import type { TopologyFile } from '../../lab/index.ts';
import type { Scenario } from '../../scenarios/index.ts';
import { withoutManifest } from '../ask/without-manifest.ts';
import { inTurn, type LeftOut } from './plan-machines.ts';

/** One machine to start an image on of which only the file is known. */
export interface ForeignMachinePlan {
  /** Names the directory of its report; unique among the plans. */
  readonly id: string;
  readonly scenario: string;
  readonly topology: TopologyFile;
  /** What is asked there; what the expectation asks when absent. */
  readonly instead?: readonly Question[];
}

/** The machines of the scenarios that an expectation names, each scenario's own, and what cannot be played with this image. */
export function planForeignMachines(
  { data, source }: Expectation,
  recognised: RecognisedImage,
  scenarios: readonly Scenario[],
  topologyOf: (name: string) => TopologyFile,
): { readonly machines: readonly ForeignMachinePlan[]; readonly leftOut: readonly LeftOut[] } {
  const machines: ForeignMachinePlan[] = [];
  const leftOut: LeftOut[] = [];
  for (const [index, id] of (data.scenarios ?? []).entries()) {
    const scenario = scenarios.find((one) => one.id === id);
    if (scenario === undefined) continue;
    const reason = unfit(scenario, recognised);
    if (reason !== undefined) {
      leftOut.push({ scenario: id, reason });
      continue;
    }
    const instead = questionsOf(scenario, source.spanOfValue(['scenarios', index]));
    for (const name of scenario.topologies) {
      const topology = topologyOf(name);
      const misfit = unfitMachine(topology, recognised);
      if (misfit === undefined)
        machines.push({ id: `${id}-${name}`, scenario: id, topology, ...(instead && { instead }) });
      else leftOut.push({ scenario: id, reason: misfit });
    }
  }
  return { machines, leftOut };
}

function questionsOf({ checks }: Scenario, span: Question['span']): readonly Question[] | undefined {
  if (checks === 'of-the-image') return undefined;
  return inTurn(checks).map((check) => ({ ...withoutManifest(check), proves: check.proves, byAgent: true, span }));
}

/** What an image is called where scenarios say what they need. */
const kinds: Readonly<Record<RecognisedImage['kind'], string>> = {
  iso: 'live-iso',
  disk: 'disk',
  pxe: 'pxe',
  kernel: 'kernel',
};

function unfit({ needs, tampering }: Scenario, { kind }: RecognisedImage): string | undefined {
  const components = needs?.components ?? [];
  if (components.length > 0)
    return `it is about what component ${components.join(' and ')} brings, and what this image is made of is not known`;
  if (needs?.image && !needs.image.some((one) => one === kinds[kind]))
    return `the image is a ${kinds[kind]}, not a ${needs.image.join(' or ')}`;
  return tampering && `its ${tampering.of} is changed first, and where that is in the image only a manifest tells`;
}

function unfitMachine({ topology, boot }: TopologyFile, { kind }: RecognisedImage): string | undefined {
  const from = boot?.from ?? 'cdrom';
  if (kind === 'pxe' && boot !== undefined && from !== 'pxe')
    return `the machine ${topology} starts from a medium, and the image is fetched from the network`;
  if (kind === 'kernel' && (from === 'usb' || from === 'disk'))
    return `the machine ${topology} starts from a ${from}, and a kernel is nothing that can be attached`;
  return kind !== 'pxe' && (from === 'kernel' || from === 'pxe')
    ? `the machine ${topology} loads the kernel from outside, and where that is in the image only a manifest tells`
    : undefined;
}
