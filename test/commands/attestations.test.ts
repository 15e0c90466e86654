import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { writeProvenance } from '../../scripts/release/index.ts';
import { testStatements } from '../../scripts/release/test-results.ts';
import { leaveReport } from '../e2e/install/leave-report.ts';
import { image, publicKey, published, secretKey, sha256, verifying, writeSums } from '../release/published-sample.ts';
import { recordingContext } from './recording-context.ts';
import { typeIn } from './type-in.ts';

const byKey = ['--key', publicKey] as const;
const ATTESTATIONS = 'attestations.intoto.jsonl';

/** What `build` leaves, with where it comes from, and reports of tests. */
function built(reports: Readonly<Record<string, unknown>> = {}): string {
  const directory = published();
  writeProvenance(directory, {
    command: ['phyllome', 'build', 'small'],
    parameters: { flavour: 'small' },
    version: '0.2.0',
    revision: `${'c'.repeat(40)}-dirty`,
    startedOn: new Date('2026-01-02T03:04:05.678Z'),
    finishedOn: new Date('2026-01-02T03:05:06.789Z'),
  });
  for (const [name, report] of Object.entries(reports)) {
    const file = path.join(directory, 'test', name, 'results.json');
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(report));
  }
  return directory;
}

const run = (verdict: string, of = image.sha256) => ({
  schema: 1,
  verdict,
  image: { sha256: of },
  startedAt: '2026-01-02T04:00:00.000Z',
  checks: [
    { id: 'login-prompt', status: 'passed' },
    { id: 'protection', status: verdict },
    { id: 'kvm-nested', status: 'skipped' },
  ],
});

const sign = (directory: string) =>
  typeIn(['sign', directory, '--signing-key', secretKey()], recordingContext().context);

/** The statements in the envelopes of a directory, whoever signed them. */
function statementsIn(directory: string) {
  const lines = readFileSync(path.join(directory, ATTESTATIONS), 'utf8').trim().split('\n');
  return lines.map((line) => {
    const { payload } = JSON.parse(line) as { readonly payload: string };
    return JSON.parse(Buffer.from(payload, 'base64').toString()) as Record<string, unknown>;
  });
}

test('where it comes from and what tests found are signed, each in an envelope, and verified', async () => {
  const directory = built({ bios: run('passed'), 'scenarios/uefi': run('failed') });
  await sign(directory);
  const { lines, code } = await verifying(directory, ...byKey);
  const told = lines.filter((line) => /provenance|test of/.test(line));
  expect(told).toEqual([
    expect.stringMatching(
      /^verified {5}provenance: made by phyllome 0.2.0, of git revision c{12} with changes, not locked, \d+ materials, finished 2026-01-02T03:05:06Z$/,
    ),
    'verified     test of small.iso: PASSED, 2 checks passed, as test/bios/results.json says',
    'verified     test of small.iso: FAILED, 1 checks passed, as test/scenarios/uefi/results.json says',
  ]);
  expect(code).toBe(0);
});

test('what installations by a medium came to is signed, and told as that', async () => {
  const directory = built();
  const iso = path.join(directory, 'small.iso');
  const { checks } = run('passed');
  await leaveReport('uefi-nvme', iso, async (noted) => {
    noted.seconds = 60;
    // What was booted is a disk that nobody has.
    const disk = { file: 'target.qcow2', sha256: '' };
    noted.run = { verdict: 'passed', checks, image: disk };
  });
  const failing = leaveReport('bios-sata', iso, () => Promise.reject(new Error('the installer stopped')));
  await expect(failing).rejects.toThrow('the installer stopped');
  await sign(directory);
  const { lines, code } = await verifying(directory, ...byKey);
  expect(lines.filter((line) => /installation|test of/.test(line))).toEqual([
    'verified     installation by small.iso, bios-sata: FAILED, 0 checks passed on what was installed, as test/install/bios-sata/results.json says',
    'verified     installation by small.iso, uefi-nvme: PASSED, 2 checks passed on what was installed, as test/install/uefi-nvme/results.json says',
  ]);
  expect(code).toBe(0);
  // Of another medium it says nothing.
  expect(testStatements(directory, [{ file: 'small.iso', sha256: sha256('ISO') }])).toEqual([]);
});

test("statements are in the words of in-toto and of SLSA's provenance", async () => {
  const directory = built({ bios: run('passed') });
  await sign(directory);
  const [provenance, test] = statementsIn(directory);
  const subject = expect.arrayContaining([{ name: 'small.iso', digest: { sha256: image.sha256 } }]);
  expect(provenance).toMatchObject({
    _type: 'https://in-toto.io/Statement/v1',
    subject,
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        externalParameters: { command: ['phyllome', 'build', 'small'], flavour: 'small', outputs: ['live-iso'] },
        resolvedDependencies: expect.arrayContaining([
          { name: 'phyllome', digest: { gitCommit: 'c'.repeat(40) }, annotations: { changed: true } },
          expect.objectContaining({ name: 'small.ks' }),
        ]),
      },
      runDetails: { metadata: { startedOn: '2026-01-02T03:04:05Z', finishedOn: '2026-01-02T03:05:06Z' } },
    },
  });
  expect(test).toEqual({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'small.iso', digest: { sha256: image.sha256 } }],
    predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
    predicate: {
      result: 'PASSED',
      configuration: [
        {
          name: 'test/bios/results.json',
          digest: { sha256: sha256(readFileSync(path.join(directory, 'test/bios/results.json'))) },
          mediaType: 'application/json',
        },
      ],
      passedTests: ['login-prompt', 'protection'],
      failedTests: [],
      startedAt: '2026-01-02T04:00:00.000Z',
    },
  });
});

test('reports of another image, or that are none, are not spoken of', async () => {
  const directory = built({ old: run('passed', '0'.repeat(64)), odd: [], strange: run('perhaps') });
  symlinkSync('old', path.join(directory, 'test/link'));
  await sign(directory);
  expect(statementsIn(directory)).toHaveLength(1);
});

test('nothing is signed beside a report or provenance that cannot be read: that a test failed would be left out', async () => {
  const directory = built({ bios: run('failed') });
  const report = path.join(directory, 'test/bios/results.json');
  truncateSync(report, 64 * 2 ** 20 + 1);
  await expect(sign(directory)).rejects.toThrow(`${report} is larger than 64 MiB`);
  expect(existsSync(path.join(directory, ATTESTATIONS))).toBe(false);
  rmSync(report);
  const provenance = path.join(directory, 'provenance.json');
  truncateSync(provenance, 64 * 2 ** 20 + 1);
  await expect(sign(directory)).rejects.toThrow('provenance.json is larger than');
});

test('a report that is not there is told with its checksum, another one as wrong', async () => {
  const directory = built({ bios: run('failed') });
  await sign(directory);
  const report = path.join(directory, 'test/bios/results.json');
  const sum = sha256(readFileSync(report));
  writeFileSync(report, JSON.stringify(run('passed')));
  expect(await verifying(directory, ...byKey)).toMatchObject({
    wrong: ['wrong        test of small.iso: FAILED, 1 checks passed: test/bios/results.json is another report'],
    code: 1,
  });
  rmSync(report);
  const { lines, code } = await verifying(directory, ...byKey);
  expect(lines).toContain(
    `verified     test of small.iso: FAILED, 1 checks passed (its report, test/bios/results.json, is not here; its SHA-256 is ${sum})`,
  );
  expect(code).toBe(0);
});

test('statements that somebody changed, or took from another build, are wrong', async () => {
  const [directory, other] = [built(), built()];
  writeFileSync(path.join(other, 'small.iso'), 'ISO');
  writeSums(other, ['small.iso']);
  rmSync(path.join(other, 'provenance.json'));
  await sign(directory);
  await sign(other);
  const at = (name: string) => path.join(other, name);
  copyFileSync(path.join(directory, ATTESTATIONS), at(ATTESTATIONS));
  expect((await verifying(other, ...byKey)).wrong).toContainEqual(
    expect.stringMatching(/^wrong {8}the provenance is about other files: small.iso, /),
  );
  const text = readFileSync(at(ATTESTATIONS), 'utf8');
  writeFileSync(at(ATTESTATIONS), `${text.replace('"payload":"ey', '"payload":"eY')}{}\n`);
  expect((await verifying(other, ...byKey)).wrong).toEqual([
    'wrong        attestations.intoto.jsonl:1 is not signed by the key 4D788919362ACB8A, or was changed',
    'wrong        attestations.intoto.jsonl:2 is no DSSE envelope',
  ]);
});

test('the kickstart, which no list of checksums has, is compared with the provenance', async () => {
  const directory = built();
  await sign(directory);
  const before = await verifying(directory, ...byKey);
  expect(before.lines.slice(-2)).toEqual([
    'verified     small.ks is the kickstart that it was made of',
    'not claimed  small.map.json: not in SHA256SUMS',
  ]);
  const file = path.join(directory, 'small.ks');
  writeFileSync(file, `${readFileSync(file, 'utf8')}# more\n`);
  expect((await verifying(directory, ...byKey)).wrong).toEqual([
    'wrong        small.ks is another kickstart than the one that it was made of',
  ]);
  rmSync(file);
  expect((await verifying(directory, ...byKey)).code).toBe(0);
});

test('a provenance that nobody signed is told as that, and still compared', async () => {
  const directory = built();
  const { lines } = await verifying(directory, '--unsigned');
  expect(lines).toContainEqual(
    expect.stringMatching(
      /^not claimed {2}where it comes from: provenance.json is not signed \(phyllome 0.2.0, of git/,
    ),
  );
  const file = path.join(directory, 'provenance.json');
  const text = readFileSync(file, 'utf8');
  const material = /"uri": "pkg:deb[^"]*",\s+"digest": \{\s+"sha256": "(\w+)"/.exec(text)?.[1] ?? '';
  const change = async (changed: string) => {
    expect(changed).not.toBe(text);
    writeFileSync(file, changed);
    return (await verifying(directory, '--unsigned')).wrong;
  };
  expect(await change(text.replace(`"sha256": "${material}"`, `"sha256": "${'0'.repeat(64)}"`))).toEqual([
    expect.stringMatching(/^wrong {8}the provenance has other packages than the bill of materials: pkg:deb/),
  ]);
  expect(await change(text.replace(image.sha256, '0'.repeat(64)))).toEqual([
    'wrong        the provenance is about other files: small.iso',
  ]);
  await expect(sign(directory)).rejects.toThrow('is about other files: small.iso');
  expect(existsSync(path.join(directory, 'SHA256SUMS.minisig'))).toBe(false);
  expect(await change('[]')).toEqual(['wrong        the provenance is no statement']);
});

test('who has no key is told that statements cannot be compared', async () => {
  const directory = built();
  await sign(directory);
  expect((await verifying(directory, '--unsigned')).lines).toContain(
    'not claimed  who says where it comes from: no --key to compare attestations.intoto.jsonl with',
  );
});
