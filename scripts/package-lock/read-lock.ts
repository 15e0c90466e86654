import { Ajv, type ValidateFunction } from 'ajv';
import schema from '../../kickstarts/schema/lock.schema.json' with { type: 'json' };
import { type Diagnostic, ReportedError } from '../diagnostic/index.ts';
import { checkAgainst, readYaml, type YamlSource } from '../flavour/index.ts';
import type { LockedPackage, LockFile, LockIndex } from './lock-file.ts';
import type { LockPlace } from './lock-place.ts';

const FORMAT = 1;

/**
 * Reads a lock.
 * @throws ReportedError with what is wrong in it and where: another format, a slip of whoever merged it, a package twice
 */
export function readLock({ file, shown }: Pick<LockPlace, 'file' | 'shown'>): LockFile {
  const source = readYaml(file, shown);
  const format = formatIn(source.data);
  if (source.diagnostics.length === 0 && format !== FORMAT) throw new ReportedError(otherFormat(format, source));
  const validate: ValidateFunction<LockFile> = new Ajv({ strict: true, allErrors: true, verbose: true }).compile(
    schema,
  );
  const { data, diagnostics } = checkAgainst(validate, source);
  if (data === undefined) throw new ReportedError(diagnostics);
  const wrong = inconsistencies(data, source);
  if (wrong.length > 0) throw new ReportedError(wrong);
  return data;
}

function formatIn(data: unknown): unknown {
  return typeof data === 'object' && data !== null && 'format' in data ? data.format : undefined;
}

function otherFormat(format: unknown, source: YamlSource): Diagnostic {
  const isNewer = typeof format === 'number' && format > FORMAT;
  return {
    code: 'lock-format',
    severity: 'error',
    message: `the lock has the format ${format ?? 'of no lock'}; this version of phyllome reads ${FORMAT}`,
    span: source.spanOfValue(format === undefined ? [] : ['format']),
    hint: isNewer
      ? 'A newer phyllome wrote it: update this checkout.'
      : '`phyllome lock FLAVOUR --update` writes it in the format of this version.',
  };
}

/** What a schema cannot say. */
function inconsistencies(lock: LockFile, source: YamlSource): readonly Diagnostic[] {
  const { indexes, packages, installer = [], tools } = lock;
  return [
    ...ofList(['packages'], packages, indexes, source),
    ...ofList(['installer'], installer, indexes, source),
    ...ofList(['tools', 'packages'], tools.packages, tools.indexes, source),
  ];
}

function ofList(
  path: readonly string[],
  packages: readonly LockedPackage[],
  indexes: readonly LockIndex[],
  source: YamlSource,
): readonly Diagnostic[] {
  const known = new Set(indexes.map(({ name }) => name));
  const seen = new Set<string>();
  return packages.flatMap((one, index): Diagnostic[] => {
    const isTwice = seen.has(one.name);
    seen.add(one.name);
    const wrong = [
      ...(isTwice ? [`the package ${one.name} is there twice`] : []),
      ...(known.has(one.index) ? [] : [`${one.name} is of the index ${one.index}, which the lock does not have`]),
    ];
    return wrong.map((message) => ({
      code: 'lock-inconsistent',
      severity: 'error',
      message,
      span: source.spanOfValue([...path, index]),
      hint: '`phyllome lock FLAVOUR --update` writes a whole one.',
    }));
  });
}
