import type { Diagnostic } from '../../diagnostic/index.ts';
import type { ResolvedFlavour } from '../../flavour/index.ts';
import type { Step } from '../../plan/index.ts';
import { type CommandFailed, describeEnd, lastLines } from '../../process/index.ts';
import { explainPackages, packagesUnknownTo } from '../tools/index.ts';
import { explainValues, type Question, valueMissing } from '../values/index.ts';
import { explainRpm } from './rpm/explain.ts';

/** Says what a failed step of this engine means, where the program's own words would not help its user. */
export function explainFailure(
  step: Step,
  failure: CommandFailed,
  questions: readonly Question[] = [],
  packages: readonly AskedPackage[] = [],
): Diagnostic | readonly Diagnostic[] | undefined {
  return (
    explainValues(step, failure, questions) ??
    absentUnit(failure, questions) ??
    absentPackages(failure, packages) ??
    explainRpm(failure, packages) ??
    fullEsp(step, failure) ??
    explainPackages(step, failure) ??
    failedScript(step, failure)
  );
}

/** A package of a flavour, with the line that asks for it and that of the base that gives its name. */
type AskedPackage = Pick<ResolvedFlavour['packages'][number], 'name' | 'at' | 'mapped'>;

/** apt names packages; their places are lines of the flavour, or of the base where that gives the name. */
function absentPackages(
  { completed }: CommandFailed,
  packages: readonly AskedPackage[],
): readonly Diagnostic[] | undefined {
  const names = packagesUnknownTo(`${completed.stdout}\n${completed.stderr}`);
  const asked = packages.filter(({ name }) => names.includes(name));
  // One that nobody asks for is told as apt tells it.
  if (asked.length < names.length || asked.length === 0) return undefined;
  return asked.map(({ name, at, mapped }) => ({
    code: 'unknown-package',
    severity: 'error',
    message: `the repositories have no package \`${name}\``,
    span: mapped ?? at,
    ...(mapped && { related: [{ message: 'it is asked for here', span: at }] }),
    hint: '`--refresh` fetches the package indexes anew; `phyllome render --check-packages` tells what a wrong name may be a slip of',
  }));
}

/** systemctl names the unit; whoever asked for it wrote another line than the one that called systemctl. */
function absentUnit(failure: CommandFailed, questions: readonly Question[]): readonly Diagnostic[] | undefined {
  const words = failure.completed.stderr.matchAll(
    /\b[Uu]nit (?:file )?'?([^\s']+?\.[a-z]+)'? (?:does not exist|not found)/g,
  );
  const names = new Set([...words].map(([, name]) => name));
  const asked = questions.filter(({ kind, value }) => /unit$/.test(kind) && names.has(value));
  return asked.length === 0 ? undefined : asked.map((question) => valueMissing(question, []));
}

/** mcopy's words would be taken for those of the disk that is built on. */
function fullEsp({ id }: Step, { completed }: CommandFailed): Diagnostic | undefined {
  if (id !== 'esp' || !/^Disk full$/m.test(completed.stderr)) return undefined;
  return {
    code: 'esp-full',
    severity: 'error',
    message: 'boot loaders and kernel do not fit into the EFI system partition',
    hint: 'Make it larger: `part /boot/efi --fstype=efi --size=…` in the kickstart, in MiB.',
  };
}

function failedScript(step: Step, failure: CommandFailed): Diagnostic | undefined {
  if (!step.origin) return undefined;
  const resolving = /resolv|network is unreachable/i.test(`${failure.completed.stdout}${failure.completed.stderr}`);
  return {
    code: 'script-failed',
    severity: 'error',
    message: `${step.title} ${describeEnd(failure.completed)}`,
    span: step.origin,
    hint: [
      ...lastLines(failure.completed, 12).map((line) => `  ${line}`),
      ...(resolving
        ? ['Scripts have no network in the direct engine: what they fetch belongs in %packages or an overlay.']
        : []),
    ].join('\n'),
  };
}
