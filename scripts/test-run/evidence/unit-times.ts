import { type Guest, parseProperties } from '../../lab/index.ts';

/** When a unit started and was up, in milliseconds since the kernel's start; 0 when it never was. */
export interface UnitTimes {
  readonly name: string;
  readonly active: string;
  readonly startedMs: number;
  readonly upMs: number;
  /** Units that had to be up first, if they were started at all. */
  readonly after: readonly string[];
  /** `[::]:22 (Stream)`: what a socket unit listens on. */
  readonly listen: readonly string[];
}

const properties = [
  'Id',
  'ActiveState',
  'InactiveExitTimestampMonotonic',
  'ActiveEnterTimestampMonotonic',
  'After',
  'Listen',
];

/** Every unit that the system manager has loaded. */
export async function readUnitTimes(guest: Guest): Promise<UnitTimes[]> {
  const { stdout } = await guest.run(['systemctl', 'show', `--property=${properties.join(',')}`, '*']);
  return stdout.split('\n\n').flatMap((block) => (block.trim() === '' ? [] : [unitTimesOf(block)]));
}

export function unitTimesOf(block: string): UnitTimes {
  const values = parseProperties(block);
  const ms = (name: string) => Math.round(Number(values[name] ?? 0) / 1000);
  return {
    name: values.Id ?? '',
    active: values.ActiveState ?? '',
    startedMs: ms('InactiveExitTimestampMonotonic'),
    upMs: ms('ActiveEnterTimestampMonotonic'),
    after: (values.After ?? '').split(' ').filter((name) => name !== ''),
    // Repeated for each address.
    listen: block.split('\n').flatMap((line) => (line.startsWith('Listen=') ? [line.slice('Listen='.length)] : [])),
  };
}
