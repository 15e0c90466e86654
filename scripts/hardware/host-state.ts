import type { Dump } from './dump.ts';
import { whereIs } from './firmware-menus.ts';

/** How far the computer as a whole can be a host. */
export interface HostState {
  readonly processor: 'ready' | 'off-in-firmware' | 'guest' | 'unsupported' | 'unknown';
  readonly iommu: 'on' | 'off-in-kernel' | 'off-in-firmware' | 'guest' | 'unsupported' | 'unknown';
  /** In plain words, one line each. */
  readonly words: readonly string[];
  /** What to do about it. */
  readonly changes: readonly string[];
}

export function hostState(dump: Dump): HostState {
  if (dump.unknown.includes('computer')) return ofListing(dump);
  const processor = processorState(dump);
  const iommu = iommuState(dump);
  return {
    processor: processor.state,
    iommu: iommu.state,
    words: [
      processor.words,
      ...(processor.more ?? []),
      iommu.words,
      ...(iommu.more ?? []),
      firmwareWords(dump),
      memoryWords(dump),
    ],
    changes: [...(processor.change ?? []), ...(iommu.change ?? []), ...virtualFunctionChanges(dump)],
  };
}

/** Groups are there only where an IOMMU is on. */
function ofListing({ iommu, unknown }: Dump): HostState {
  const words = unknown.includes('groups')
    ? 'IOMMU: the listing shows no groups; where the computer has none, no device can be handed over'
    : `IOMMU: on, ${iommu.groups} ${iommu.groups === '1' ? 'group' : 'groups'} in the listing`;
  return { processor: 'unknown', iommu: unknown.includes('groups') ? 'unknown' : 'on', words: [words], changes: [] };
}

interface Judged<S> {
  readonly state: S;
  readonly words: string;
  readonly more?: readonly string[];
  readonly change?: readonly string[];
}

const flagsOf = ({ processor }: Dump): readonly string[] => (processor.flags ?? '').split(' ');
const isAmd = ({ processor }: Dump): boolean => processor.vendor === 'AuthenticAMD';
const isGuest = (dump: Dump): boolean => flagsOf(dump).includes('hypervisor');

function processorState(dump: Dump): Judged<HostState['processor']> {
  const name = dump.processor.name ?? 'the processor';
  const flags = flagsOf(dump);
  const feature = isAmd(dump) ? 'SVM' : 'VMX';
  const said = dump.messages.find((line) => /(?:vmx|svm|kvm|virtuali[sz]ation).*disabled by (?:the )?bios/i.test(line));
  const change = [`${whereIs('virtualization', dump)}: Enabled; without it no guest runs at a bearable speed`];
  if (said !== undefined) {
    const words = `Processor: ${name}: it could run guests, and the firmware has ${feature} switched off (the kernel says «${said}»)`;
    return { state: 'off-in-firmware', words, change };
  }
  if (flags.includes('vmx') || flags.includes('svm')) {
    const nested = dump.processor.nested;
    const inside = nested === undefined ? '' : `, nested guests ${/^[Y1]/.test(nested) ? 'too' : 'not'}`;
    const more =
      flags.includes('npt') || dump.processor['vmx-flags']?.includes('ept') === true || flags.includes('ept');
    const tables = more ? '' : '; without nested page tables, as the oldest ones are: guests are slow';
    return { state: 'ready', words: `Processor: ${name} runs guests (${feature})${inside}${tables}` };
  }
  if (isGuest(dump)) {
    return {
      state: 'guest',
      words: `Processor: this is a virtual machine, and its host does not hand ${feature} on`,
      change: [
        'on the host of this virtual machine: hand the processor on as it is (`host-passthrough`), with nesting on',
      ],
    };
  }
  const { architecture } = dump.processor;
  if (architecture !== undefined ? !/^(?:x86_64|i[3-6]86)$/.test(architecture) : dump.processor.flags === undefined) {
    const which = architecture === undefined ? '' : ` (${architecture})`;
    const words = `Processor: ${name} is of another architecture${which}: images of Phyllome OS are for x86-64`;
    return { state: 'unsupported', words };
  }
  if (!flags.includes('lm')) {
    return { state: 'unsupported', words: `Processor: ${name} has 32 bits: it is too old` };
  }
  const sure = dump.unseen.includes('kernel-messages') ? '; root sees in the kernel messages whether that is so' : '';
  const words = `Processor: ${name} shows no ${feature}: most likely the firmware has it switched off${sure}`;
  return { state: 'off-in-firmware', words, change };
}

function iommuState(dump: Dump): Judged<HostState['iommu']> {
  const { iommu, kernel } = dump;
  const table = isAmd(dump) ? 'IVRS' : 'DMAR';
  if (Number(iommu.groups ?? 0) > 0) {
    const remaps = iommu['interrupt-remapping'] === 'yes';
    const argument = /\bpcie_acs_override=\S+/.exec(kernel.arguments ?? '')?.[0];
    return {
      state: 'on',
      words: `IOMMU: on, ${iommu.groups} groups, interrupts ${remaps ? 'remapped' : 'not remapped'}`,
      more: argument === undefined ? [] : [acsWords(argument)],
      change: remaps
        ? []
        : [
            `${whereIs('iommu', dump)}: look for interrupt remapping or x2APIC beside it; without it vfio refuses to hand anything over, as a guest could send the host any interrupt`,
          ],
    };
  }
  if (isGuest(dump)) {
    return {
      state: 'guest',
      words: 'IOMMU: none in this virtual machine: no device can be handed on to guests inside it',
      change: [
        'on the host of this virtual machine: give it an emulated IOMMU (`<iommu model="intel">`) if guests inside need devices',
      ],
    };
  }
  if (iommu[`table-${table}`] === 'yes') {
    const off = /\b(?:(?:intel_|amd_)?iommu)=off\b/.exec(kernel.arguments ?? '')?.[0];
    return {
      state: 'off-in-kernel',
      words: `IOMMU: the firmware describes it (${table}), and the running kernel does not use it`,
      change: [
        off === undefined
          ? 'kernel argument `intel_iommu=on`: images of Phyllome OS have it; nothing to do in the firmware'
          : `take \`${off}\` off the kernel's command line`,
      ],
    };
  }
  if (iommu[`table-${table}`] === undefined) {
    return {
      state: 'unknown',
      words: 'IOMMU: the description does not tell; was a part of it left out?',
    };
  }
  if (isAmd(dump) && Number(dump.processor.family ?? 0) < 21) {
    return {
      state: 'unsupported',
      words:
        'IOMMU: none; boards for processors of this age seldom have one, so that no device can be handed to a guest',
    };
  }
  return {
    state: 'off-in-firmware',
    words: `IOMMU: the firmware describes none (no ${table} table): it is switched off there, or the board has none`,
    change: [
      `${whereIs('iommu', dump)}: Enabled (not Auto); if there is no such setting, the board cannot hand devices over`,
    ],
  };
}

/** The firmware has to leave room in the address space for functions that are not there yet. */
function virtualFunctionChanges(dump: Dump): readonly string[] {
  const said = dump.messages.find((line) => line.includes('not enough MMIO resources for SR-IOV'));
  return said === undefined
    ? []
    : [`${whereIs('sr-iov', dump)}: Enabled; virtual functions have no room (the kernel says «${said}»)`];
}

function acsWords(argument: string): string {
  return `Attention: \`${argument}\` is in force: groups look smaller than the hardware can keep them. A guest with one device may read and write the memory of its neighbours, the host's among them.`;
}

const UNTOLD = 'the description does not tell; was a part of it left out?';

function firmwareWords({ firmware }: Dump): string {
  if (Object.keys(firmware).length === 0) return `Firmware: ${UNTOLD}`;
  const boot =
    firmware.uefi === 'yes'
      ? `UEFI, Secure Boot ${firmware['secure-boot'] ?? 'unknown'}`
      : 'started the old way (BIOS or CSM)';
  const tpm =
    firmware.tpm === undefined || firmware.tpm === 'none'
      ? 'no TPM'
      : `TPM ${firmware.tpm === '1' ? '1.2' : firmware.tpm}`;
  return `Firmware: ${boot}, ${tpm}`;
}

function memoryWords({ memory }: Dump): string {
  const mib = Number(memory['total-mib']);
  if (Number.isNaN(mib)) return `Memory: ${UNTOLD}`;
  const hint = mib < 3500 ? ': room for one small guest' : mib < 7500 ? ': room for a few small guests' : '';
  return `Memory: ${(mib / 1024).toFixed(1)} GiB${hint}`;
}
