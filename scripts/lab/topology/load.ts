import { lstatSync } from 'node:fs';
import path from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { type Diagnostic, ReportedError } from '../../diagnostic/index.ts';
import { checkAgainst, readYaml, type YamlSource } from '../../flavour/index.ts';
import type { SourceDirectory } from '../../places/index.ts';
import { findTopology, noSuchTopology } from './find.ts';
import { usualProcessors } from './resolve.ts';
import schema from './topology.schema.json' with { type: 'json' };
import type { TopologyFile } from './topology-file.ts';

/**
 * Reads a topology: by its name the first of that name in `directories`, or any file by its path (with a `/` or `.yaml` in it).
 * @throws UsageError when there is no such topology
 * @throws ReportedError with what is wrong in it and where
 */
export function loadTopology(nameOrFile: string, directories: readonly SourceDirectory[]): TopologyFile {
  const { file, shownAs } = findTopology(nameOrFile, directories);
  if (!lstatSync(file, { throwIfNoEntry: false })) throw noSuchTopology(nameOrFile, directories);
  const { data, diagnostics } = readTopology(readYaml(file, shownAs), path.basename(file).replace(/\.ya?ml$/, ''));
  if (data === undefined) throw new ReportedError(diagnostics);
  return data;
}

let compiled: ValidateFunction<TopologyFile> | undefined;

/** Made once, when the first topology is read: that takes longer than reading it. */
function validator(): ValidateFunction<TopologyFile> {
  const options = { strict: true, strictRequired: false, allErrors: true, verbose: true };
  compiled ??= new Ajv(options).compile<TopologyFile>(schema);
  return compiled;
}

function readTopology(source: YamlSource, name: string) {
  const checked = checkAgainst(validator(), source);
  if (checked.data === undefined) return checked;
  const diagnostics = inconsistencies(checked.data, source, name);
  return diagnostics.length === 0 ? checked : { diagnostics };
}

/** What a schema cannot say. */
function inconsistencies(data: TopologyFile, source: YamlSource, name: string): Diagnostic[] {
  const { topology, processors = usualProcessors, numaNodes = 1 } = data;
  const wrong = (code: string, message: string, key: keyof TopologyFile): Diagnostic => ({
    code,
    severity: 'error',
    message,
    span: source.spanOfValue([key]),
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
    ...(data.keys === undefined || data.firmware === 'secure-boot'
      ? []
      : [
          wrong(
            'keys-without-secure-boot',
            '`keys` are those of a firmware with Secure Boot: `firmware: secure-boot`',
            'keys',
          ),
        ]),
  ];
}
