import type { Diagnostic } from '../../../diagnostic/index.ts';
import type { ResolvedFlavour } from '../../../flavour/index.ts';
import type { CommandFailed } from '../../../process/index.ts';

/** A package of a flavour, with the line that asks for it and that of the base that gives its name. */
type AskedPackage = Pick<ResolvedFlavour['packages'][number], 'name' | 'at' | 'mapped'>;

/** What it means where packages were not found, did not fit together, were not signed, or broke while they were installed. */
export function explainRpm(
  { completed }: CommandFailed,
  asked: readonly AskedPackage[],
): readonly Diagnostic[] | undefined {
  const output = `${completed.stdout}\n${completed.stderr}`;
  const after = (word: string) =>
    [...output.matchAll(new RegExp(`^${word}: (.*)$`, 'gm'))].map(([, text]) => text ?? '');
  const found = [
    ...after('missing').flatMap((spec) => unknown(spec, asked)),
    ...after('excluded').map((spec) => excluded(spec, asked)),
    ...listed('package-conflict', 'the packages do not fit together', after('conflict'), FIT),
    ...listed('scriptlet-failed', 'a script of a package failed while it was installed', after('scriptlet'), SCRIPT),
    ...listed('not-as-resolved', 'dnf installed something else than what was resolved', after('not as resolved'), BUG),
    ...listed('no-key', 'the key of a repository is not there', after('no key'), KEY),
    ...unsigned(output),
  ];
  if (found.length === 0) return unreachable(output);
  return found;
}

const FIT =
  'Something that is excluded, or in none of the repositories, is needed; `--refresh` fetches the indexes anew.';
const SCRIPT =
  'The package is at fault, or it lacks one that its script needs: its log is in the build directory. An image of half-installed packages is none.';
const BUG = 'Build again with --refresh; if it stays so, this is a bug.';
const KEY =
  '`keyring:` of the repository in the base file says where it is; a newer release may need a newer tree of tools.';

/** What is missing as a file of a download is told by whoever downloads. */
function unknown(spec: string, asked: readonly AskedPackage[]): readonly Diagnostic[] {
  if (/[.](?:deb|rpm)$/.test(spec)) return [];
  const one = asked.find(({ name }) => name === spec);
  const what = spec.startsWith('@') ? 'group' : 'package';
  return [
    {
      code: `unknown-${what}`,
      severity: 'error',
      message: `the repositories have no ${what} \`${spec}\``,
      ...(one && { span: one.mapped ?? one.at }),
      ...(one?.mapped && { related: [{ message: 'it is asked for here', span: one.at }] }),
      hint: '`--refresh` fetches the package indexes anew.',
    },
  ];
}

function excluded(spec: string, asked: readonly AskedPackage[]): Diagnostic {
  const one = asked.find(({ name }) => name === spec);
  return {
    code: 'excluded-package',
    severity: 'error',
    message: `\`${spec}\` is asked for, and excluded`,
    ...(one && { span: one.at }),
    hint: 'Drop one of the two lines of %packages.',
  };
}

function listed(code: string, message: string, lines: readonly string[], hint: string): readonly Diagnostic[] {
  if (lines.length === 0) return [];
  const told = lines.slice(0, 10).map((line) => `  ${line}`);
  return [{ code, severity: 'error', message: `${message}:\n${told.join('\n')}`, hint }];
}

const UNTRUSTED: readonly (readonly [RegExp, string, string])[] = [
  [
    /Bad GPG signature|signature verification error/,
    'index-bad-signature',
    'the index of a repository is not what its key signed',
  ],
  [/Package \S+ is not signed/, 'package-unsigned', 'nobody signed a package'],
  [
    /GPG check FAILED|Public key for \S+ is not installed|signature is invalid|BAD\b.*signature/i,
    'package-bad-signature',
    'a package is not signed by the key of its repository',
  ],
];

function unsigned(output: string): readonly Diagnostic[] {
  for (const [pattern, code, message] of UNTRUSTED) {
    const line = output.split('\n').find((one) => pattern.test(one));
    if (line === undefined) continue;
    return [
      {
        code,
        severity: 'error',
        message: `${message}:\n  ${line.trim()}`,
        hint: 'Nothing of it is used. Compare `keyring:` of the base file; where it is right, somebody between here and the mirror may have changed it.',
      },
    ];
  }
  return [];
}

/** In dnf's words: whose metadata, and what curl says of the last address. */
function unreachable(output: string): readonly Diagnostic[] | undefined {
  const found = [...output.matchAll(/Failed to download metadata for repo '([^']+)'(?:: (.*))?/g)];
  if (found.length === 0) return undefined;
  const addresses = [...output.matchAll(/Curl error \(\d+\): ([^\n]*? for \S+)/g)].map(([, text]) => text ?? '');
  return found.slice(0, 1).map(([, id = '', why = '']) => ({
    code: 'mirror-unreachable',
    severity: 'error',
    message: `the repository \`${id}\` cannot be reached: ${addresses.at(-1) ?? why}`,
    hint: 'Package indexes of the last day serve without a network: `--offline`. A mirror or a directory (`file:///…`) as `baseurl:` in a base file of your own serves as well.',
  }));
}
