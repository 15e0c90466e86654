import { parseArgs } from 'node:util';
import { KICKSTART_VERSIONS, type KickstartVersion, VERSION_ALIASES } from '../grammar/version.ts';
import { LIVEMEDIA_TARGETS, type LivemediaTarget, PROFILES, type Profile } from '../lint/rule.ts';
import { UsageError } from './usage.ts';

const FORMATS = ['pretty', 'json', 'sarif', 'github', 'gitlab'] as const;
export type Format = (typeof FORMATS)[number];

/** The command line, checked. */
export interface CliOptions {
  readonly files: readonly string[];
  /** Absent: the file decides. */
  readonly version?: KickstartVersion;
  readonly format: Format;
  readonly profile: Profile;
  readonly target: LivemediaTarget;
  readonly isVirtual: boolean;
  readonly isBareMetal: boolean;
  readonly without: readonly string[];
  readonly checksShell: boolean;
  readonly optional: readonly string[];
  readonly isStrict: boolean;
  readonly toStdout: boolean;
  readonly checkOnly: boolean;
  readonly output?: string;
  readonly map?: string;
}

/** Reads the words behind the verb. */
export function readOptions(words: readonly string[]): CliOptions {
  const { values, positionals } = parseWords(words);
  if (positionals.length === 0) throw new UsageError('no file given');
  return {
    files: positionals,
    ...(values.version === undefined ? {} : { version: readVersion(values.version) }),
    format: oneOf(values.format ?? 'pretty', FORMATS, '--format'),
    profile: oneOf(values.profile ?? 'anaconda', PROFILES, '--profile'),
    target: oneOf(values.target ?? 'iso', LIVEMEDIA_TARGETS, '--target'),
    isVirtual: values.virtual ?? false,
    isBareMetal: values['bare-metal'] ?? false,
    without: values.without ?? [],
    checksShell: values['no-shell'] !== true,
    optional: values.optional ?? [],
    isStrict: values.strict ?? false,
    toStdout: values.stdout ?? false,
    checkOnly: values.check ?? false,
    ...(values.output === undefined ? {} : { output: values.output }),
    ...(values.map === undefined ? {} : { map: values.map }),
  };
}

function parseWords(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        version: { type: 'string' },
        format: { type: 'string' },
        profile: { type: 'string' },
        target: { type: 'string' },
        virtual: { type: 'boolean' },
        'bare-metal': { type: 'boolean' },
        without: { type: 'string', multiple: true },
        'no-shell': { type: 'boolean' },
        optional: { type: 'string', multiple: true },
        strict: { type: 'boolean' },
        stdout: { type: 'boolean' },
        check: { type: 'boolean' },
        output: { type: 'string' },
        map: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Finds a release by its name in any case, or by an alias. */
export function findVersion(name: string): KickstartVersion | undefined {
  const upper = name.toUpperCase();
  return KICKSTART_VERSIONS.find((version) => version === upper) ?? VERSION_ALIASES[upper];
}

function readVersion(name: string): KickstartVersion {
  const version = findVersion(name);
  if (version === undefined)
    throw new UsageError(`unknown release "${name}"; known are ${KICKSTART_VERSIONS.join(', ')}`);
  return version;
}

function oneOf<T extends string>(value: string, allowed: readonly T[], option: string): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new UsageError(`${option} must be one of ${allowed.join(', ')}, not "${value}"`);
  return found;
}
