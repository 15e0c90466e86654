// npm run bench:lab — how long the lab takes to a verdict, and what a boot's time goes to. Prints; asserts nothing.
// Needs a quiet machine: `uptime` first. Builds what is not built.
import { readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import { phasesOf } from '../../scripts/report/test-run/html/phases.ts';
import type { TestRun } from '../../scripts/test-run/index.ts';
import { phyllome, places } from '../e2e/image/phyllome.ts';

const flavour = process.argv[2] ?? 'headless';
const seconds = (ms: number) => `${(ms / 1000).toFixed(1).padStart(7)} s`;
const say = (ms: number, what: string) => console.log(`${seconds(ms)}  ${what}`);

async function run(args: readonly string[]): Promise<void> {
  const { exitCode, stdout, stderr } = await phyllome(args);
  if (exitCode > 1) throw new Error(`phyllome ${args.join(' ')} ended with ${exitCode}:\n${stderr}`);
  if (exitCode === 1) console.log(`phyllome ${args.join(' ')} found faults:\n${stdout}`);
}

const resultsOf = (directory: string): TestRun =>
  JSON.parse(readFileSync(path.join(places.out, flavour, 'test', directory, 'results.json'), 'utf8')) as TestRun;

console.log(
  `${flavour}, ${cpus().length} processors, load ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')}`,
);
await run(['build', flavour]);
// The verdict is remembered until the computer is restarted: here it has to be found out.
rmSync(path.join(places.cache, 'lab/accelerator.json'), { force: true });
await run(['test', flavour, '--again']);
const boot = resultsOf('bios');
say(boot.accelerator.durationMs, `accelerator verdict, not remembered (${boot.accelerator.chosen}); wanted: 2`);
say(boot.timings.verdictMs, `power-on to verdict with ${boot.checks.length} checks, ${boot.verdict}; wanted: 90`);
for (const phase of phasesOf(boot)) say(phase.toMs - phase.fromMs, `  ${phase.name}`);
const settledMs = boot.timings.settledMs ?? 0;
say(boot.timings.verdictMs - settledMs, '  checks, with the wait until the host is idle');
console.log('\ncritical chain of the units, by when each was up:');
const kernelMs = boot.timings.kernelMs ?? 0;
for (const { unit, startedMs, upMs } of boot.evidence.criticalChain)
  say(kernelMs + upMs, `${unit} (${seconds(upMs - startedMs).trim()})`);
console.log('\nslowest checks:');
const slowest = [...boot.checks].sort((one, other) => other.durationMs - one.durationMs);
for (const check of slowest.slice(0, 5)) say(check.durationMs, check.id);

await run(['test', flavour, '--scenario', 'vfio', '--again']);
const scenarios = JSON.parse(readFileSync(path.join(places.out, flavour, 'test/scenarios/scenarios.json'), 'utf8')) as {
  machines: { id: string; report?: string }[];
};
console.log('\nscenario vfio; wanted: 120 in all, 3 for each further check on a snapshot:');
for (const machine of scenarios.machines) {
  if (machine.report === undefined) continue;
  const played = JSON.parse(readFileSync(path.join(machine.report, 'results.json'), 'utf8')) as TestRun;
  say(played.timings.totalMs, `${machine.id}, ${played.verdict}`);
  for (const check of played.checks) say(check.durationMs, `  ${check.id}`);
}
