import { allChecks, type Check, selectChecks } from '../../checks/index.ts';
import type { Manifest } from '../../image/index.ts';
import type { TopologyFile } from '../../lab/index.ts';
import type { Scenario, Tampering } from '../../scenarios/index.ts';
import { missingComponents } from '../ask/run-check.ts';

/** One machine to start: what it is, and what is asked of it. */
export interface MachinePlan {
  /** Names the directory of its report; unique among the plans. */
  readonly id: string;
  readonly topology: TopologyFile;
  readonly scenarios: readonly string[];
  readonly checks: readonly Check[];
  /** Between checks that change the guest's state it goes back to where it had just booted. */
  readonly snapshots: boolean;
  readonly tampering?: Tampering;
}

/** A scenario that makes no sense for this image, and why. */
export interface LeftOut {
  readonly scenario: string;
  readonly reason: string;
}

/**
 * Brings scenarios that use the same machine together: it boots once, and each check finds it as it was after the boot.
 * A machine whose state cannot be noted is started once for each scenario that changes it.
 */
export function planMachines(
  scenarios: readonly Scenario[],
  manifest: Manifest,
  topologyOf: (name: string) => TopologyFile,
): { readonly machines: readonly MachinePlan[]; readonly leftOut: readonly LeftOut[] } {
  const leftOut: LeftOut[] = [];
  const groups = new Map<string, { readonly topology: TopologyFile; readonly scenarios: Scenario[] }>();
  for (const scenario of scenarios) {
    const reason = unfit(scenario, manifest);
    if (reason !== undefined) {
      leftOut.push({ scenario: scenario.id, reason });
      continue;
    }
    for (const name of scenario.topologies) {
      const topology = topologyOf(name);
      const misfit = unfitMachine(topology, manifest);
      if (misfit !== undefined) {
        leftOut.push({ scenario: scenario.id, reason: misfit });
        continue;
      }
      const alone = scenario.tampering !== undefined || (changesState(scenario) && !canSnapshot(topology));
      const key = alone ? `${name}-${scenario.id}` : name;
      const group = groups.get(key) ?? { topology, scenarios: [] };
      group.scenarios.push(scenario);
      groups.set(key, group);
    }
  }
  const machines = [...groups].map(([id, group]) => machineOf(id, group.topology, group.scenarios, manifest));
  return { machines, leftOut };
}

function machineOf(
  id: string,
  topology: TopologyFile,
  scenarios: readonly Scenario[],
  manifest: Manifest,
): MachinePlan {
  const all = scenarios.flatMap(({ checks }) =>
    checks === 'of-the-image' ? selectChecks(allChecks, manifest.checks) : checks,
  );
  const checks = [...new Map(all.map((check) => [check.id, check])).values()];
  const tampering = scenarios.find((scenario) => scenario.tampering)?.tampering;
  return {
    id,
    topology,
    scenarios: scenarios.map((scenario) => scenario.id),
    // Checks that change the guest come last: those that only look then need no snapshot to go back to.
    checks: inTurn(checks),
    snapshots: checks.filter((check) => check.changesState).length > 1 && canSnapshot(topology),
    ...(tampering && { tampering }),
  };
}

/** What compares with the boot comes first, what changes the guest last. */
export const inTurn = (checks: readonly Check[]): readonly Check[] =>
  checks.toSorted((one, other) => turn(one) - turn(other));

const turn = ({ freshBoot, changesState }: Check) => (freshBoot ? 0 : changesState ? 2 : 1);

function changesState({ checks }: Scenario): boolean {
  return checks !== 'of-the-image' && checks.some((check) => check.changesState);
}

/** QEMU cannot note the state of NVMe controllers and of AMD's IOMMU; firmware variables are no part of a snapshot. */
export function canSnapshot({ disks, ports, iommu, firmware }: TopologyFile): boolean {
  const devices = (ports ?? []).flatMap((port) => [...(port.devices ?? []), ...(port.switch ?? []).flat()]);
  const hasNvme = devices.includes('nvme') || (disks ?? []).some(({ bus }) => bus === 'nvme');
  return !hasNvme && iommu !== 'amd' && (firmware ?? 'bios') === 'bios';
}

function unfit({ needs }: Scenario, manifest: Manifest): string | undefined {
  const { kind } = manifest.image;
  if (needs?.image && !needs.image.includes(kind)) return `the image is a ${kind}, not a ${needs.image.join(' or ')}`;
  const absent = missingComponents(needs?.components ?? [], manifest);
  return absent.length > 0 ? `the image has no component ${absent.join(', ')}` : undefined;
}

function unfitMachine({ topology, boot }: TopologyFile, { image }: Manifest): string | undefined {
  // The files of a network boot are what a firmware fetches, and are on no medium.
  if (image.kind === 'pxe') {
    return boot === undefined || boot.from === 'pxe'
      ? undefined
      : `the machine ${topology} starts from a medium, and the image is fetched from the network`;
  }
  const isLoaded = boot?.from === 'kernel' || boot?.from === 'pxe';
  return isLoaded && image.kind !== 'live-iso'
    ? `the machine ${topology} loads the kernel from outside, which only a live-iso has, and the image is a ${image.kind}`
    : undefined;
}
