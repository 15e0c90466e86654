import { statSync } from 'node:fs';
import { decode, readBounded } from 'kickstart-parser';
import { buildFlavour } from '../build/index.ts';
import { flag, operand, option, optionOr, text, type Values, valuesOf } from '../command-line/index.ts';
import type { Context } from '../context/index.ts';
import { ReportedError } from '../diagnostic/index.ts';
import { engines } from '../engines/index.ts';
import { installerOptions } from '../engines/installer/index.ts';
import { readDump } from '../hardware/index.ts';
import { computerOf, explainAnswers } from '../installation/index.ts';
import { renderOne } from '../prepare/index.ts';
import { base, profile } from './common-flags.ts';
import { probe } from './hardware-probe.ts';

export const name = 'installer';
export const help = {
  summary: 'put the kickstart of a flavour on a stock Fedora medium, which then installs it',
  more: 'it asks before it wipes unless the flavour says `unattended: true`; `--explain` only tells which disk of a computer it would take',
};
export const flags = {
  flavour: operand(
    text('flavour', { names: 'flavour', orFile: true }),
    'see `phyllome list`; with --explain also a kickstart',
  ),
  ...installerOptions,
  base: optionOr(base, 'the Fedora release', 'fedora-44'),
  hardware: option(profile, 'the computer that it is for'),
  explain: option(
    text('dump', 'files'),
    'only tell which disk would be taken on a computer, by its description (`hardware probe`); `here` for this one',
  ),
  dryRun: flag('print the plan instead of running it'),
};
export const startsPrograms = true;

/** Puts a flavour's kickstart on a stock Fedora medium, so that it installs Phyllome OS; or tells which disk it would take. */
export async function run(values: Values<typeof flags>, context: Context): Promise<void> {
  const { dryRun, explain, flavour: name, base: release, hardware } = values;
  if (explain !== undefined) return explainDisks(name, explain, { base: release, hardware }, context);
  const which = { flavour: name, base: release, hardware, engine: 'installer' };
  const request = { ...which, isDryRun: dryRun === true, values: valuesOf(installerOptions, values) };
  await buildFlavour(request, engines, context);
}

/** Exit code 1 where no disk would be taken. */
async function explainDisks(
  target: string,
  described: string,
  which: { readonly base?: string | undefined; readonly hardware?: string | undefined },
  context: Context,
): Promise<void> {
  const isFile = statSync(target, { throwIfNoEntry: false })?.isFile() === true;
  const { answers, disk } = isFile ? { answers: decode(readBounded(target)) } : ofFlavour(target, which, context);
  const file = described === 'here' ? 'this computer' : described;
  const { dump, diagnostics } = readDump(file, described === 'here' ? await probe(context) : readBounded(described));
  if (dump === undefined) throw new ReportedError(diagnostics);
  const computer = computerOf(dump);
  if (computer === undefined) {
    throw new ReportedError({
      code: 'no-disks-described',
      severity: 'error',
      message: `${file} says nothing of disks`,
      hint: 'Describe the computer anew: `sh scripts/hardware/probe.sh` on any Linux.',
    });
  }
  const { lines, findings } = explainAnswers(answers, isFile ? target : `${target}.ks`, computer, disk);
  if (lines.length > 0) context.print(lines.join('\n'));
  if (findings.length > 0) throw new ReportedError(findings);
}

/** What a flavour that says what the disk must be like takes with an answer file that names none. */
const anyDisk = 'clearpart --all\nautopart\n';

function ofFlavour(
  target: string,
  which: { readonly base?: string | undefined; readonly hardware?: string | undefined },
  context: Context,
) {
  const { flavour, rendered } = renderOne(target, which, context);
  if (flavour.installationDisk === undefined) return { answers: rendered.kickstart };
  const { value, at } = flavour.installationDisk;
  return { answers: anyDisk, disk: { ...value, at } };
}
