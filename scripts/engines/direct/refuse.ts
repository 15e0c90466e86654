import type { KickstartModel, PresentCommand } from 'kickstart-parser';
import { type Accepted, accepts } from '../../configure/index.ts';
import type { Diagnostic } from '../../diagnostic/index.ts';
import type { DirectBase } from './base.ts';
import { commandHandlers } from './configure/index.ts';
import { listedPackages } from './listed-packages.ts';
import { whyRefused } from './why-refused.ts';

/** Commands that are honoured elsewhere than by a configure script: where packages come from, and how the work ends. */
const otherCommands: readonly Accepted[] = [
  { commands: ['url'], options: ['--url'] },
  { commands: ['repo'], options: ['--name', '--baseurl'] },
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

const packagesSection: Accepted = {
  commands: ['%packages'],
  options: ['--excludedocs', '--exclude-weakdeps', '--excludeWeakdeps', '--inst-langs', '--instLangs'],
  idle: { '--nocore': 'Debian has no core group' },
};

/** Everything that is accepted, by command and option; `idle`: why it changes nothing. Tests go through all of it. */
export function acceptedOptions(): readonly {
  readonly command: string;
  readonly option: string;
  readonly idle?: string;
}[] {
  return [...otherCommands, ...commandHandlers, packagesSection].flatMap(({ commands, options, idle = {} }) =>
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
export function refuseUnsupported(model: KickstartModel, base: DirectBase): Diagnostic[] {
  const packages = listedPackages(model);
  return [
    ...model.present.flatMap(refuseCommand),
    ...commandHandlers.flatMap((handler) => handler.check?.(model, packages) ?? []),
    ...refuseSources(model, base),
    ...refusePackages(model),
    ...refuseSections(model),
  ];
}

function refuseCommand(command: PresentCommand): Diagnostic[] {
  const honoured = [...otherCommands, ...commandHandlers].find(({ commands }) => commands.includes(command.name));
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

function refuseSources(model: KickstartModel, base: DirectBase): Diagnostic[] {
  const known = base.repositories.map((repository) => repository.id);
  const missing: Diagnostic[] = model.commands.url?.url
    ? []
    : [{ code: 'no-package-source', severity: 'error', message: 'no url --url=… says where packages come from' }];
  const unknown = model.commands.repo
    .filter((repo) => !known.slice(1).includes(repo.name ?? '') || !repo.baseurl)
    .map(
      (repo): Diagnostic => ({
        code: 'unknown-repository',
        severity: 'error',
        message: `repository ${repo.name ?? ''} is not one of base ${base.name}, or has no --baseurl`,
        span: repo.span,
        hint: `The base knows ${known.slice(1).join(', ')}; a further one needs an entry with suite and key in the base file.`,
      }),
    );
  return [...missing, ...unknown];
}

function refusePackages(model: KickstartModel): Diagnostic[] {
  const selection = model.packages;
  if (!selection)
    return [{ code: 'no-packages', severity: 'error', message: 'the kickstart has no %packages section' }];
  const groups = [
    ...selection.groups,
    ...selection.excludedGroups,
    ...(selection.environment ? [selection.environment] : []),
  ];
  return [
    ...groups.map(
      (group): Diagnostic => ({
        code: 'unsupported-group',
        severity: 'error',
        message: `${group.name}: Debian has no package groups`,
        span: group.span,
        hint: 'List the packages by name.',
      }),
    ),
    ...[...selection.packages, ...selection.excludedPackages]
      .filter((entry) => !/^[a-z0-9][a-z0-9+.-]+$/.test(entry.name))
      .map(
        (entry): Diagnostic => ({
          code: 'unsupported-package-name',
          severity: 'error',
          message: `${entry.name} is not a Debian package name`,
          span: entry.span,
          hint: 'Globs, versions and paths are not supported by the direct engine.',
        }),
      ),
    ...selection.given
      .filter((option) => !accepts(packagesSection, option.name))
      .map(
        (option): Diagnostic => ({
          code: 'unsupported-option',
          severity: 'error',
          message: `the direct engine cannot honour ${option.name} of %packages`,
          span: option.span,
        }),
      ),
  ];
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
