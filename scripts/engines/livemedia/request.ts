import path from 'node:path';
import { model, parse } from 'kickstart-parser';
import { type Diagnostic, ReportedError } from '../../diagnostic/index.ts';
import { kernelArguments, volumeId } from '../../image/index.ts';
import { workRoot } from '../../plan/index.ts';
import { holdsSecret, kickstartVersion } from '../../prepare/index.ts';
import type { Job } from '../engine/index.ts';
import { builderQuestions, questionsOf } from '../values/index.ts';
import { checkKickstart } from './check-kickstart.ts';
import { checkMachine } from './check-machine.ts';
import { chooseRunner, describeRejected } from './choose-runner.ts';
import { readMachineFacts } from './machine-facts.ts';
import { options } from './options.ts';
import { outputNamed } from './output.ts';
import type { LivemediaRequest } from './plan.ts';
import { configurationFor } from './runners/mock.ts';

/**
 * What the plan is made from, once kickstart and computer have been looked at.
 * @throws ReportedError with the lines that livemedia-creator would stop at
 * @throws EnvironmentError when it can run nowhere on this computer
 */
export function requestFor(job: Job): {
  readonly request: LivemediaRequest;
  readonly warnings: readonly Diagnostic[];
} {
  const { flavour: name, prepared, host, isDryRun } = job;
  const { runner: wanted = 'auto' } = job.options(options);
  const output = outputNamed(job.outputs[0]?.id);
  const { flavour, rendered, kickstartFile } = prepared;
  const { base } = flavour;
  const version = kickstartVersion(base);
  const kickstart = model(parse(rendered.kickstart, { file: kickstartFile }), version);
  const findings = checkKickstart(rendered.kickstart, kickstart, { file: kickstartFile, version, output });
  if (findings.some(({ severity }) => severity === 'error')) throw new ReportedError(findings);

  const facts = readMachineFacts(workRoot(host.places.cache), [configurationFor(base.release)]);
  const asked = { output, release: base.release };
  const { runner, rejected } = chooseRunner(wanted, asked, facts, { unchecked: isDryRun });
  if (rejected.length > 0) host.say(['Not used:', ...describeRejected(rejected)].join('\n  '));
  const ofMachine = isDryRun ? [] : checkMachine(kickstart, output, facts);
  const proxy = proxyWithoutPassword(process.env.https_proxy ?? process.env.http_proxy);
  return {
    warnings: [...findings, ...ofMachine],
    request: {
      flavour: name,
      base: base.name,
      kickstart: rendered.kickstart,
      isSecret: holdsSecret(flavour),
      kickstartFile,
      model: kickstart,
      creator: {
        output,
        name: prepared.imageName,
        product: 'Phyllome OS',
        release: base.release,
        // Mirrors hold something else on another day: no two builds are the same.
        volumeId: volumeId(name, [rendered.kickstart, isDryRun ? '' : `${Date.now()} ${process.pid}`]),
        kernelArguments: kernelArguments(kickstart),
        ...(proxy !== undefined && { proxy }),
      },
      runner,
      at: {
        runName: isDryRun ? `phyllome-${name}` : `phyllome-${name}-${process.pid}`,
        kickstartName: `${name}.ks`,
        containerRecipe: path.join(host.places.checkout, 'ci/container'),
      },
      questions: builderQuestions(questionsOf(flavour, kickstart)),
    },
  };
}

/** A password in a command line is seen by everybody on the machine: such a proxy is inherited by environment only. */
function proxyWithoutPassword(proxy: string | undefined): string | undefined {
  return proxy === undefined || proxy === '' || proxy.includes('@') ? undefined : proxy;
}
