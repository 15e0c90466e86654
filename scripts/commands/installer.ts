import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { flag, operand, option, optionOr, type Values } from '../command-line/index.ts';
import { readForAnaconda } from '../engines/anaconda/index.ts';
import { fedoraMedium } from '../engines/fedora-iso/index.ts';
import { type InstallerRequest, planInstaller, planSource, readSource } from '../engines/installer/index.ts';
import { explainPackages } from '../engines/tools/index.ts';
import { writeWhole } from '../files/index.ts';
import { placeFile } from '../image/index.ts';
import { executePlan, printPlan } from '../plan/index.ts';
import { holdsSecret, prepareFlavour, withSources } from '../prepare/index.ts';
import { privilegeOf } from '../process/index.ts';
import { base, flavour, medium, profile } from './common-flags.ts';
import type { Context } from './context.ts';

export const name = 'installer';
export const help = {
  summary: 'put the kickstart of a flavour on a stock Fedora medium, which then installs it',
  more: 'it asks before it wipes unless the flavour says `unattended: true`',
};
export const flags = {
  flavour: operand(flavour, 'see `phyllome list`'),
  ...medium,
  base: optionOr(base, 'the Fedora release', 'fedora-44'),
  hardware: option(profile, 'the computer that it is for'),
  offline: flag('use cached tools only'),
  dryRun: flag('print the plan instead of running it'),
};
export const startsPrograms = true;

/**
 * Puts a flavour's kickstart on a stock Fedora medium, so that it installs Phyllome OS.
 * @throws ReportedError with what is wrong with the flavour or with the medium
 */
export async function run(options: Values<typeof flags>, context: Context): Promise<void> {
  const { flavour: name } = options;
  const prepared = prepareFlavour(name, options, context, 'installer');
  context.warn(prepared.warnings);
  withSources(prepared, () => readForAnaconda(prepared));
  const { flavour: resolved, rendered, buildDirectory } = prepared;
  const logDirectory = path.join(buildDirectory, 'logs');
  mkdirSync(logDirectory, { recursive: true });
  const { iso, mirror } = await fedoraMedium(options, resolved.base.release, logDirectory, context);
  const surroundings = { mirror, privilege: privilegeOf() };
  const running = {
    rememberedAs: `installer-${path.basename(buildDirectory)}`,
    ...{ logDirectory, offline: options.offline, explain: explainPackages },
  };
  const source = await executePlan(planSource(iso, surroundings), running, context, ({ directories }) =>
    readSource(directories.get('installer-source') ?? ''),
  );

  const request: InstallerRequest = {
    flavour: name,
    base: resolved.base.name,
    kickstart: rendered.kickstart,
    isSecret: holdsSecret(resolved),
    unattended: resolved.unattended?.value === true,
    iso,
  };
  const plan = planInstaller(request, source, surroundings);
  if (options.dryRun === true) return context.print(printPlan(plan, context.places.cache));
  const made = await executePlan(plan, running, context, ({ directories }) => directories.get('installer') ?? '');
  const file = path.join(buildDirectory, `${prepared.imageName}-installer.iso`);
  placeFile(path.join(made, 'installer.iso'), file, { secret: request.isSecret });
  const sha256 = readFileSync(path.join(made, 'sha256'), 'utf8').split(' ', 1)[0] ?? '';
  writeWhole(`${file}.sha256`, `${sha256}  ${path.basename(file)}\n`);
  context.print(
    `${file}  ${request.unattended ? 'ERASES ALL DISKS of the computer that it boots on' : 'asks which disk to use'}`,
  );
}
