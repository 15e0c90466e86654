import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import type { CheckResult } from '../../checks/index.ts';
import { type Diagnostic, ReportedError } from '../../diagnostic/index.ts';
import { checkAgainst, YamlSource } from '../../flavour/index.ts';
import schema from './quarantine.schema.json' with { type: 'json' };
import type { QuarantineEntry, QuarantineFile } from './quarantine-file.ts';

const quarantineFile = 'scripts/test-run/quarantine.yaml';

/**
 * Reads the checkout's quarantine file; nothing is in quarantine without one.
 * @throws ReportedError with what is wrong in it: an entry without reason, tracker or expiry, or one that has expired
 */
export function loadQuarantine(
  checkout: string,
  today: string = new Date().toISOString().slice(0, 10),
): readonly QuarantineEntry[] {
  const file = path.join(checkout, quarantineFile);
  if (!existsSync(file)) return [];
  const source = new YamlSource(quarantineFile, readFileSync(file, 'utf8'));
  const validate = new Ajv({ strict: true, allErrors: true, verbose: true }).compile<QuarantineFile>(schema);
  const { data, diagnostics } = checkAgainst(validate, source);
  if (data === undefined) throw new ReportedError(diagnostics);
  const expired = data.quarantine.flatMap((entry, index): Diagnostic[] =>
    entry.expires >= today
      ? []
      : [
          {
            code: 'quarantine-expired',
            severity: 'error',
            message: `the quarantine of ${entry.check} ended on ${entry.expires}`,
            span: source.spanOfValue(['quarantine', index, 'expires']),
            hint: `${entry.reason} (${entry.tracker}). Mend it and take the entry away, or say why it may take longer.`,
          },
        ],
  );
  if (expired.length > 0) throw new ReportedError(expired);
  return data.quarantine;
}

/** The result as it counts: a failure in quarantine says so. */
export function inQuarantine(result: CheckResult, topology: string, entries: readonly QuarantineEntry[]): CheckResult {
  if (result.status !== 'failed' && result.status !== 'error') return result;
  const entry = entries.find(
    (one) => one.check === result.id && (one.topology === undefined || one.topology === topology),
  );
  if (entry === undefined) return result;
  const { reason, tracker, expires } = entry;
  return { ...result, quarantine: { reason, tracker, expires } };
}
