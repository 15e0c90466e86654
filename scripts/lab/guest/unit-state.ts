/** What systemd knows about a unit, as `systemctl show` tells it. */
export interface UnitState {
  readonly name: string;
  /** `loaded`, `not-found`, `masked`, `error` … */
  readonly load: string;
  /** `active`, `inactive`, `failed`, `activating` … */
  readonly active: string;
  /** `running`, `exited`, `listening`, `dead` … */
  readonly sub: string;
  /** `simple`, `oneshot` …; empty for units that are not services. */
  readonly type: string;
  /** A condition of the unit (ConditionPathExists= …) was asked and not met. */
  readonly conditionFailed: boolean;
  /** How the last run ended: `success`, `exit-code` …; empty for units that have no result. */
  readonly result: string;
  /** It ran at some time of this boot. */
  readonly hasRun: boolean;
  /** A socket, timer or path unit starts it when it is needed. */
  readonly startedOnDemand: boolean;
}

export const unitProperties = [
  'Id',
  'LoadState',
  'ActiveState',
  'SubState',
  'Type',
  'ConditionResult',
  'ConditionTimestampMonotonic',
  'Result',
  'ExecMainStartTimestampMonotonic',
  'TriggeredBy',
] as const;

/** `KEY=VALUE` lines of `systemctl show`. */
export function parseProperties(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line.includes('='))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}

export function unitStateOf(properties: Readonly<Record<string, string>>): UnitState {
  const get = (name: (typeof unitProperties)[number]) => properties[name] ?? '';
  return {
    name: get('Id'),
    load: get('LoadState'),
    active: get('ActiveState'),
    sub: get('SubState'),
    type: get('Type'),
    // The result is "no" also while the condition was never asked.
    conditionFailed: get('ConditionResult') === 'no' && Number(get('ConditionTimestampMonotonic')) > 0,
    result: get('Result'),
    hasRun: Number(get('ExecMainStartTimestampMonotonic')) > 0,
    startedOnDemand: get('TriggeredBy') !== '',
  };
}
