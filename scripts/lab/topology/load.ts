import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { closest, type Diagnostic, ReportedError, UsageError } from '../../diagnostic/index.ts';
import { checkAgainst, YamlSource } from '../../flavour/index.ts';
import { usualProcessors } from './resolve.ts';
import schema from './topology.schema.json' with { type: 'json' };
import type { TopologyFile } from './topology-file.ts';

/** Where the checkout has its topologies, from its root. */
const topologyDirectory = 'scripts/lab/topologies';

/**
 * Reads a topology: one of the checkout's by name, or any file by its path (with a `/` or `.yaml` in it).
 * @throws UsageError when there is no such topology
 * @throws ReportedError with what is wrong in it and where
 */
export function loadTopology(nameOrFile: string, checkout: string): TopologyFile {
  const isPath = nameOrFile.includes('/') || nameOrFile.endsWith('.yaml');
  const file = isPath ? path.resolve(nameOrFile) : path.join(checkout, topologyDirectory, `${nameOrFile}.yaml`);
  const { data, diagnostics } = readTopology(file, isPath ? nameOrFile : path.relative(checkout, file), () =>
    unknownTopology(nameOrFile, isPath, checkout),
  );
  if (data === undefined) throw new ReportedError(diagnostics);
  return data;
}

/** The names of the checkout's topologies. */
export function topologyNames(checkout: string): readonly string[] {
  return readdirSync(path.join(checkout, topologyDirectory))
    .filter((name) => name.endsWith('.yaml') && name !== 'quarantine.yaml')
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort();
}

function readTopology(file: string, shownAs: string, missing: () => UsageError) {
  const source = new YamlSource(shownAs, readText(file, missing));
  const validate = new Ajv({
    strict: true,
    strictRequired: false,
    allErrors: true,
    verbose: true,
  }).compile<TopologyFile>(schema);
  const checked = checkAgainst(validate, source);
  if (checked.data === undefined) return checked;
  const diagnostics = inconsistencies(checked.data, source, path.basename(file, '.yaml'));
  return diagnostics.length === 0 ? checked : { diagnostics };
}

/** What a schema cannot say. */
function inconsistencies(data: TopologyFile, source: YamlSource, name: string): Diagnostic[] {
  const { topology, processors = usualProcessors, numaNodes = 1 } = data;
  const wrong = (code: string, message: string, key: keyof TopologyFile): Diagnostic => ({
    ...{ code, severity: 'error', message, span: source.spanOfValue([key]) },
  });
  return [
    ...(topology === name
      ? []
      : [wrong('wrong-name', `\`topology\` must be the name of the file, ${name}`, 'topology')]),
    ...(processors % numaNodes === 0
      ? []
      : [
          wrong(
            'uneven-nodes',
            `${processors} processors cannot be shared out evenly to ${numaNodes} nodes`,
            'numaNodes',
          ),
        ]),
  ];
}

function readText(file: string, missing: () => UsageError): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw missing();
    throw error;
  }
}

function unknownTopology(name: string, isPath: boolean, checkout: string): UsageError {
  const known = topologyNames(checkout);
  const slip = isPath ? undefined : closest(name, known);
  return new UsageError({
    code: 'unknown-topology',
    severity: 'error',
    message: isPath ? `${name}: there is no such file` : `there is no topology \`${name}\``,
    hint: slip ? `did you mean \`${slip}\`?` : `there are: ${known.join(', ')}`,
  });
}
