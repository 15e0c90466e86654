import { expect, test } from 'vitest';
import { explainFailure } from '../../../../scripts/engines/direct/explain.ts';
import type { Step } from '../../../../scripts/plan/index.ts';
import { CommandFailed } from '../../../../scripts/process/index.ts';

const step: Step = { id: 'install', title: 'Installing packages', argv: ['dnf'], needs: [] };
const start = { offset: 0, line: 3, column: 5 };
const at = { file: 'flavours/x.yaml', start, end: start };

function explained(stdout: string, stderr = '') {
  const completed = { exitCode: 1, signal: null, stdout, stderr, durationMs: 1, timedOut: false };
  const failure = new CommandFailed({ argv: ['dnf'] }, completed);
  return [explainFailure(step, failure, [], [{ name: 'bash', at }]) ?? []].flat();
}

test('names that nobody has are told at the lines that ask for them, groups as groups', () => {
  const found = explained('missing: bash\nmissing: @games\nexcluded: vim\n');
  expect(found.map(({ code, span }) => [code, span])).toEqual([
    ['unknown-package', at],
    ['unknown-group', undefined],
    ['excluded-package', undefined],
  ]);
});

test('what dnf says of packages that do not fit is told as it stands', () => {
  const [one] = explained('conflict: Problem: conflicting requests\nconflict: - nothing provides x needed by y\n');
  expect(one).toMatchObject({ code: 'package-conflict', message: expect.stringContaining('nothing provides x') });
});

test.each([
  ['scriptlet: Error in POSTIN scriptlet in rpm package failing', 'scriptlet-failed'],
  ['no key: fedora /usr/share/distribution-gpg-keys/KEY', 'no-key'],
  ['not as resolved: < a-0:1-1.noarch', 'not-as-resolved'],
  ['Package one-1-1.noarch.rpm is not signed\nError: GPG check FAILED', 'package-unsigned'],
  ['The GPG keys listed are installed but are not correct.\nError: GPG check FAILED', 'package-bad-signature'],
  [
    'Error: Failed to download metadata for repo small: repomd.xml GPG signature verification error: Bad GPG signature',
    'index-bad-signature',
  ],
  [
    "Error: Failed to download metadata for repo 'small': Cannot download repomd.xml: Curl error (6): Could not resolve hostname for http://x.example/repodata/repomd.xml [x]",
    'mirror-unreachable',
  ],
])('%s', (line, code) => {
  expect(explained('', line).map((one) => one.code)).toEqual([code]);
});

test('a file that could not be fetched is no unknown package', () => {
  expect(explained('', 'offline: nothing is fetched\nmissing: bash_5-1_x86_64.rpm').map(({ code }) => code)).toEqual([
    'offline',
  ]);
});

test('of Debian’s packages nothing is told in the words for RPM packages', () => {
  expect(explained('', 'missing: bash_5-1_amd64.deb').map(({ code }) => code)).toEqual([]);
});
