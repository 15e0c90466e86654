import type { QmpClient } from './qmp.ts';

/** What a processor is at, whatever runs on it: its registers tell where no console does. */
export interface ProcessorState {
  /** A kernel with addresses of its own has taken the processor over: firmware and loaders use those of the memory. */
  readonly inKernel: boolean;
  /** It runs a program, not the kernel. */
  readonly inProgram: boolean;
  /** It waits for an interrupt. */
  readonly halted: boolean;
  /** It waits for an interrupt that it does not take: so a kernel stops its processors when it panics. */
  readonly stopped: boolean;
}

/** What all the processors are at now. */
export async function processorStates(qmp: Pick<QmpClient, 'execute'>): Promise<ProcessorState[]> {
  const told = await qmp.execute('human-monitor-command', { 'command-line': 'info registers -a' });
  return String(told)
    .split(/^CPU#\d+/m)
    .flatMap((registers) => processorState(registers) ?? []);
}

/** One processor's registers, as QEMU's monitor prints them; undefined for other text. */
export function processorState(registers: string): ProcessorState | undefined {
  const flags = /\b(?:RFL|EFL)=([0-9a-f]+).*\bCPL=(\d).*\bHLT=(\d)/.exec(registers);
  const interruptTable = /\bIDT= *([0-9a-f]+)/.exec(registers)?.[1];
  if (flags === null || interruptTable === undefined) return undefined;
  const [, value = '0', level, halt] = flags;
  const takesInterrupts = (Number.parseInt(value, 16) & 0x200) !== 0;
  const inKernel = isOfKernel(interruptTable);
  const halted = halt === '1';
  return { inKernel, inProgram: inKernel && level === '3', halted, stopped: inKernel && halted && !takesInterrupts };
}

/** Linux has its tables in the upper half of the addresses (64 bits), or in the last quarter (32 bits). */
function isOfKernel(address: string): boolean {
  return address.length > 8 ? address.startsWith('ffff') : /^[c-f]/.test(address.padStart(8, '0'));
}
