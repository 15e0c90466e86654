import type { Diagnostic } from '../../diagnostic/index.ts';

/** What apt says of one file. */
interface Refused {
  readonly url: string;
  readonly reason: string;
}

interface Kind {
  readonly code: string;
  readonly is: RegExp;
  /** What is so of the files that are listed below it. */
  readonly message: string;
  readonly hint: string;
}

const TAMPERING =
  'Somebody between here and the mirror may have changed it. Nothing of it is used. Try again later and from another network; where it stays so, tell the mirror, and do not work around it.';

const PORTAL =
  'A network that asks to log in first (hotel, train, campus) answers every request itself: log in with a browser, then build again.';

/** From the gravest on: the first that fits counts. */
const KINDS: readonly Kind[] = [
  {
    code: 'mirror-captive-portal',
    is: /NOSPLIT|NODATA|does the network require authentication|^\s*511\b/,
    message: 'something else than the mirror answered, with a page of its own instead of the file',
    hint: PORTAL,
  },
  {
    code: 'mirror-bad-signature',
    is: /BADSIG|manipulated|signatures? (?:was|were) invalid|Bad signature/i,
    message: 'the signature is wrong: this is not what the distribution signed',
    hint: TAMPERING,
  },
  {
    code: 'mirror-unknown-key',
    is: /NO_PUBKEY|Missing key/i,
    message: "it is signed, but not with the distribution's key",
    hint: `${TAMPERING} A mirror of another distribution or release looks the same: compare \`baseurl:\`, \`suite:\` and \`keyring:\` of the base file.`,
  },
  {
    code: 'mirror-expired-key',
    is: /EXPKEYSIG|KEYEXPIRED|key .* (?:is|has) expired|not (?:a|be) .*valid at/i,
    message: 'the key that signed it is no longer valid',
    hint: 'Compare `date` with the time that it really is; the distribution may have a newer key in its keyring package.',
  },
  {
    code: 'mirror-unsigned',
    is: /is not signed/,
    message: 'nobody signed it, or the signature is missing',
    hint: TAMPERING,
  },
  {
    code: 'mirror-hash-mismatch',
    is: /Hash Sum mismatch|unexpected size|Insufficient information available to perform this download securely/,
    message: 'it is not the file that the signed index describes',
    hint: `A mirror that is being brought up to date answers so for minutes: build again with --refresh. ${PORTAL} ${TAMPERING}`,
  },
  {
    code: 'mirror-expired',
    is: /is expired/,
    message: 'its index is too old to be believed',
    hint: 'The mirror is no longer brought up to date, somebody keeps updates from this machine, or its clock is wrong: compare `date` with the time that it really is, and try another mirror (`baseurl:` of the base file).',
  },
  {
    code: 'mirror-future',
    is: /is not valid yet/,
    message: 'its index is from the future',
    hint: "This machine's clock is most likely wrong: compare `date` with the time that it really is.",
  },
  {
    code: 'mirror-certificate',
    is: /certificate|TLS|SSL/i,
    message: 'the server could not prove by its certificate that it is the mirror',
    hint: TAMPERING,
  },
  {
    code: 'mirror-not-found',
    is: /^\s*(?:404|410)\b|does not have a Release file/,
    message: 'the mirror does not have it',
    hint: 'Packages are replaced by newer ones: `--refresh` fetches the package indexes anew. Where an index itself is not there, `baseurl:` and `suite:` of the base file name no repository.',
  },
  {
    code: 'mirror-refuses',
    is: /^\s*(?:401|403|407)\b/,
    message: 'the server, or a proxy before it, does not let this machine have it',
    hint: 'Compare `http_proxy` with what your network asks for, or try another mirror (`baseurl:` of the base file).',
  },
  {
    code: 'mirror-server-error',
    is: /^\s*(?:4\d\d|5\d\d)\b/,
    message: 'the server has trouble of its own',
    hint: 'Try again later, or another mirror (`baseurl:` of the base file). --offline builds from the cache, if the same flavour was built before.',
  },
  {
    code: 'mirror-unreachable',
    is: /./,
    message: 'it cannot be fetched',
    hint: 'Check the network, and http_proxy if you need one. --offline builds from the cache, if the same flavour was built before.',
  },
];

/** More addresses of one kind help nobody. */
const MOST = 5;

/** The names of what went wrong with a mirror, by apt's output: each kind once, with files, addresses and reasons. */
export function explainMirror(output: string): readonly Diagnostic[] {
  const all = [...new Map(refusals(output).map((one) => [one.url, one])).values()];
  return KINDS.flatMap((kind) => {
    const own = all.filter(({ reason }) => KINDS.find(({ is }) => is.test(reason)) === kind);
    if (own.length === 0) return [];
    const lines = own.slice(0, MOST).map(({ url, reason }) => `  ${url}\n    ${reason.trim()}`);
    const more = own.length > MOST ? [`  and ${own.length - MOST} more`] : [];
    return [
      {
        code: kind.code,
        severity: 'error' as const,
        message: [`${kind.message}:`, ...lines, ...more].join('\n'),
        hint: kind.hint,
      },
    ];
  });
}

/** What apt refused, the most telling last: a later entry for the same address takes an earlier one's place. */
function refusals(output: string): readonly Refused[] {
  const found: (Refused & { readonly rank: number })[] = [];
  for (const line of output.split('\n')) {
    const [, repository, of, file] = /^E: The repository '(\S+) (\S+) ((?:In)?Release)'/.exec(line) ?? [];
    if (repository !== undefined) {
      found.push({
        url: `${repository.replace(/\/$/, '')}/dists/${of}/${file}`,
        reason: line.slice('E: '.length),
        rank: 0,
      });
    }
    const [, url, why] = /^[EW]: Failed to fetch (\S+)\s+(.*)/.exec(line) ?? [];
    if (url !== undefined) found.push({ url, reason: why ?? '', rank: 1 });
    const [, aged] = /^E: Release file for (\S+) is (?:expired|not valid yet)/.exec(line) ?? [];
    if (aged !== undefined) found.push({ url: aged, reason: line.slice(line.indexOf(aged) + aged.length), rank: 1 });
    const [, at, suite, name, verdict] =
      /^[EW]: (?:OpenPGP signature verification failed|GPG error|An error occurred during the signature verification.*?): (\S+) (\S+) ((?:In)?Release): (.*)/.exec(
        line,
      ) ?? [];
    if (at !== undefined) {
      found.push({ url: `${at.replace(/\/$/, '')}/dists/${suite}/${name}`, reason: verdict ?? '', rank: 2 });
    }
  }
  return found.sort((one, other) => one.rank - other.rank);
}
