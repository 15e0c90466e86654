import { check, type KickstartModel, model, parse } from 'kickstart-parser';
import { ReportedError } from '../../diagnostic/index.ts';
import type { ResolvedBase } from '../../flavour/index.ts';
import { kickstartVersion, type Prepared } from '../../prepare/index.ts';

/**
 * `program`: what was asked to install it.
 * @throws ReportedError at the base's line when Anaconda does not install such a base
 */
export function refuseForeignBase(base: ResolvedBase, program: string): void {
  if (base.family === 'rpm') return;
  throw new ReportedError({
    code: 'engine-cannot-base',
    severity: 'error',
    message: `${program} installs Fedora, and ${base.name} is not`,
    span: base.at,
    hint: 'Use --base fedora-44; `phyllome build --engine direct` makes images of other bases.',
  });
}

/**
 * The kickstart that Anaconda is to be given as it is.
 * @throws ReportedError with everything that it would stop at
 */
export function readForAnaconda({ flavour, rendered, kickstartFile }: Prepared): KickstartModel {
  refuseForeignBase(flavour.base, 'Anaconda');
  const version = kickstartVersion(flavour.base);
  const document = parse(rendered.kickstart, { file: kickstartFile });
  const findings = check(document, { version, profile: 'anaconda' });
  if (findings.some(({ severity }) => severity === 'error')) throw new ReportedError(findings);
  return model(document, version);
}
