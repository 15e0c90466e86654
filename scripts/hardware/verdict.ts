import { type CardVerdict, judgeCards } from './card-verdict.ts';
import type { Dump, PciFunction } from './dump.ts';
import { type HostState, hostState } from './host-state.ts';
import { type NeededComponent, neededComponents } from './needed-components.ts';

/** What a computer is worth as a host. Plain and serialisable. */
export interface Verdict {
  readonly computer: string;
  readonly host: HostState;
  /** Empty while the IOMMU is not in use: nothing can be said then. */
  readonly cards: readonly CardVerdict[];
  /** What to do, in the order of its weight. */
  readonly changes: readonly string[];
  readonly components: readonly NeededComponent[];
  /** Files that the kernel asked for in vain. */
  readonly missingFirmware: readonly string[];
  readonly unseen: readonly string[];
  /** What a listing leaves open. */
  readonly unknown: Dump['unknown'];
}

export function judge(dump: Dump): Verdict {
  const host = hostState(dump);
  const cards = host.iommu === 'on' || host.iommu === 'unknown' ? judgeCards(dump) : [];
  return {
    computer: computerName(dump),
    host,
    cards,
    changes: host.changes,
    missingFirmware: missingFirmware(dump),
    components: neededComponents(dump, givenAway(dump)),
    unseen: dump.unseen,
    unknown: dump.unknown,
  };
}

function missingFirmware({ messages }: Dump): readonly string[] {
  const files = messages.flatMap((line) => {
    const found = /Direct firmware load for (\S+) failed|firmware: failed to load (\S+)/.exec(line);
    return found?.[1] ?? found?.[2] ?? [];
  });
  return [...new Set(files)];
}

/** What a driver of the host has no part in already. */
function givenAway({ functions }: Dump): readonly PciFunction[] {
  return functions.filter(({ driver }) => driver === 'vfio-pci');
}

/** Fillers of makers who did not fill a field in. */
const EMPTY =
  /^(?:to be filled by o\.?e\.?m\.?|system (?:manufacturer|product name|version)|default string|not (?:specified|applicable)|none|unknown|-)?$/i;

export function computerName({ computer, unknown }: Dump): string {
  if (unknown.includes('computer')) return 'A listing of devices';
  const tell = (text: string | undefined) => (text === undefined || EMPTY.test(text.trim()) ? undefined : text.trim());
  const product = [tell(computer.vendor), tell(computer.product), tell(computer.version)];
  const own = product.some((part, index) => index > 0 && part !== undefined);
  const names = own ? product : [tell(computer['board-vendor']), tell(computer.board)];
  const parts = names.filter((part) => part !== undefined);
  return parts.length === 0 ? 'a computer without a name' : [...new Set(parts)].join(' ');
}
