import type { KickstartModel, PresentCommand } from 'kickstart-parser';
import { type Accepted, accepts } from '../../configure/index.ts';
import type { Diagnostic } from '../../diagnostic/index.ts';
import { commandHandlersWith } from './configure/index.ts';
import type { PackageFamily } from './family/package-family.ts';
import { listedPackages } from './listed-packages.ts';
import { whyRefused } from './why-refused.ts';

/** Commands that are honoured elsewhere than by a configure script: how the work ends. Where packages come from is the family's. */
const otherCommands: readonly Accepted[] = [
  {
    commands: ['poweroff', 'shutdown', 'halt', 'reboot'],
    options: [],
    idle: { '--eject': 'there is no medium', '--kexec': "the builder's machine is never switched off" },
  },
  {
    commands: ['text', 'graphical', 'cmdline'],
    options: [],
    idle: { '--non-interactive': 'there is no user interface' },
  },
];

/** Everything that is accepted, by command and option; `idle`: why it changes nothing. Tests go through all of it. */
export function acceptedOptions(family: Pick<PackageFamily, 'accepted' | 'handlers'>): readonly {
  readonly command: string;
  readonly option: string;
  readonly idle?: string;
}[] {
  return [...otherCommands, ...commandHandlersWith(family.handlers), ...family.accepted].flatMap(
    ({ commands, options, idle = {} }) =>
      commands.flatMap((command) => [
        ...options.map((option) => ({ command, option })),
        ...Object.entries(idle).map(([option, why]) => ({ command, option, idle: why })),
      ]),
  );
}

/**
 * Everything in a kickstart that this engine cannot honour, as errors: nothing is skipped in silence.
 * An empty list means that the image will be what the kickstart says.
 */
export function refuseUnsupported(model: KickstartModel, family: PackageFamily): Diagnostic[] {
  const packages = listedPackages(model);
  return [
    ...model.present.flatMap((command) => refuseCommand(command, family)),
    ...commandHandlersWith(family.handlers).flatMap((handler) => handler.check?.(model, packages) ?? []),
    ...family.refuse(model),
    ...refusePackageOptions(
      model,
      family.accepted.find(({ commands }) => commands.includes('%packages')),
    ),
    ...refuseSections(model),
  ];
}

function refuseCommand(command: PresentCommand, family: PackageFamily): Diagnostic[] {
  const honoured = [...otherCommands, ...commandHandlersWith(family.handlers), ...family.accepted].find(
    ({ commands }) => commands.includes(command.name),
  );
  if (!honoured) {
    const reason = whyRefused(command.name);
    return [
      {
        code: 'unsupported-command',
        severity: 'error',
        message: `the direct engine cannot honour the command ${command.name}${because(reason)}`,
        span: command.span,
        hint: reason?.hint ?? 'Remove it for this base, or build with an engine that runs Anaconda.',
      },
    ];
  }
  return command.given
    .filter((option) => !accepts(honoured, option.name))
    .map((option) => {
      const reason = whyRefused(command.name, option.name);
      return {
        code: 'unsupported-option',
        severity: 'error',
        message: `the direct engine cannot honour ${option.name} of the command ${command.name}${because(reason)}`,
        span: option.span,
        ...(reason && { hint: reason.hint }),
      };
    });
}

const because = (reason: { readonly why: string } | undefined): string => (reason ? `: ${reason.why}` : '');

function refusePackageOptions({ packages }: KickstartModel, section: Accepted | undefined): Diagnostic[] {
  return (packages?.given ?? [])
    .filter((option) => !section || !accepts(section, option.name))
    .map(
      (option): Diagnostic => ({
        code: 'unsupported-option',
        severity: 'error',
        message: `the direct engine cannot honour ${option.name} of %packages`,
        span: option.span,
      }),
    );
}

function refuseSections(model: KickstartModel): Diagnostic[] {
  const scripts = model.scripts
    .filter((script) => script.section !== 'post')
    .map(
      (script): Diagnostic => ({
        code: 'unsupported-section',
        severity: 'error',
        message: `the direct engine cannot honour %${script.section}: there is no installer whose environment it could run in`,
        span: script.headerSpan,
      }),
    );
  const others = [
    ...model.addons.map((addon) => [addon.section, addon.headerSpan] as const),
    ...model.certificates.map((one) => ['%certificate', one.headerSpan] as const),
  ];
  return [
    ...scripts,
    ...others.map(
      ([section, span]): Diagnostic => ({
        code: 'unsupported-section',
        severity: 'error',
        message: `the direct engine cannot honour ${section}`,
        span,
      }),
    ),
  ];
}
