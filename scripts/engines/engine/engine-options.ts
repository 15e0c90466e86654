import { inWords, optionName, type Parameters } from '../../command-line/index.ts';
import { type Diagnostic, UsageError } from '../../diagnostic/index.ts';
import type { EngineLeaf } from './engine.ts';

/** The options of all engines, each told with the engines that use it. */
export function engineOptions(engines: readonly EngineLeaf[]): Parameters {
  const all = engines.flatMap(({ options }) => Object.entries(options));
  return Object.fromEntries(
    all.map(([key, option]) => {
      const users = usersOf(key, engines);
      const help = users.length === engines.length ? option.help : `with ${inWords(users)}: ${option.help}`;
      return [key, { ...option, help }];
    }),
  );
}

/**
 * What is given and would not be used is a mistake: whoever gave it expects something of it.
 * @throws UsageError for each option of another engine, saying whose it is
 */
export function refuseUnusedOptions(
  engine: EngineLeaf,
  engines: readonly EngineLeaf[],
  given: Readonly<Record<string, unknown>>,
): void {
  const unused = Object.keys(given).filter(
    (key) => given[key] !== undefined && !(key in engine.options) && usersOf(key, engines).length > 0,
  );
  const findings = unused.map((key): Diagnostic => {
    const users = usersOf(key, engines);
    return {
      code: 'unused-option',
      severity: 'error',
      message: `the engine ${engine.id} does not use ${optionName(key)}`,
      hint: `${inWords(users)} would: ${inWords(users.map((id) => `--engine ${id}`))}`,
    };
  });
  if (findings.length > 0) throw new UsageError(findings);
}

function usersOf(option: string, engines: readonly EngineLeaf[]): readonly string[] {
  return engines.filter(({ options }) => option in options).map(({ id }) => id);
}
