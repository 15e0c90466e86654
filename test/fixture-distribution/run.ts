import { chmodSync, cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Interruption } from '../../scripts/context/index.ts';
import { ReportedError } from '../../scripts/diagnostic/index.ts';
import { findPlaces } from '../../scripts/places/index.ts';
import { SystemRunner } from '../../scripts/process/index.ts';
import { reportFindings } from '../../scripts/report/diagnostics/index.ts';
import { fixtureRepository } from './make.ts';

/** See README.md beside this file. */

const [given, set = 'headless'] = process.argv.slice(2);
if (given === undefined || (set !== 'nano' && set !== 'headless')) {
  console.error('usage: npm run fixture:rpm -- DIR [nano|headless]');
  process.exit(2);
}
const target = path.resolve(given);
if (existsSync(target) && !existsSync(path.join(target, 'RPM-GPG-KEY-fixture'))) {
  console.error(`${target} is there, and is no fixture distribution: name another directory`);
  process.exit(2);
}
const places = findPlaces();
const say = (text: string) => void process.stderr.write(`${text}\n`);
const runner = new SystemRunner();
const typed = { program: 'phyllome', directories: [] };
try {
  const { directory } = await fixtureRepository(set, {
    places,
    print: say,
    say,
    warn: (diagnostics) => reportFindings(diagnostics, places, typed),
    runner,
    signal: new Interruption(say).signal,
  });
  // Whoever reads the old one sees it whole or not at all.
  const beside = mkdtempSync(`${target}.`);
  cpSync(directory, beside, { recursive: true, preserveTimestamps: true });
  chmodSync(beside, 0o755);
  if (existsSync(target)) renameSync(target, `${beside}.old`);
  renameSync(beside, target);
  rmSync(`${beside}.old`, { recursive: true, force: true });
  console.log(`fixture distribution (Debian 13 packages by Fedora names) in ${target}`);
} catch (error) {
  if (!(error instanceof ReportedError)) throw error;
  reportFindings(error.diagnostics, places, typed);
  process.exitCode = error.exitCode;
} finally {
  await runner.stopAll();
}
