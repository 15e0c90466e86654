import { check, type KickstartModel, type KickstartVersion, parse } from 'kickstart-parser';
import type { Diagnostic, Span } from '../../diagnostic/index.ts';
import { notInForce } from './not-in-force.ts';
import { type Output, outputKinds } from './output.ts';

/** What the ISO stage takes from the installed tree, by the package that brings it: livemedia-creator finds out after the installation. */
const isoPackages: readonly (readonly [RegExp, string, string])[] = [
  [/^kernel(-core)?$/, 'kernel-core', 'the kernel that the ISO starts'],
  [/^grub2-pc-modules$/, 'grub2-pc-modules', 'the boot loader for BIOS (usr/lib/grub/i386-pc)'],
  [/^grub2-efi-x64-cdboot$/, 'grub2-efi-x64-cdboot', 'the boot loader for UEFI (gcdx64.efi)'],
  [/^shim-x64$/, 'shim-x64', 'the first UEFI boot loader (shimx64.efi, mmx64.efi)'],
];

const networkBootPackages: readonly (readonly [RegExp, string, string])[] = [
  [/^kernel(-core)?$/, 'kernel-core', 'the kernel that the network boot starts'],
  [/^dracut-live$/, 'dracut-live', 'the initramfs modules that fetch the root image'],
];

/** A command of the kickstart → the package whose program Anaconda runs for it in the installed tree, fatally when absent. */
const programsOfCommands = [
  ['firewall', 'firewalld', 'firewall-offline-cmd'],
  ['authselect', 'authselect', 'authselect'],
  ['realm', 'realmd', 'realm'],
] as const;

/**
 * Everything in a kickstart that livemedia-creator, or Anaconda under it, would stop at; most of it after many minutes.
 * Places are in `file`.
 */
export function checkKickstart(
  text: string,
  model: KickstartModel,
  options: { readonly file: string; readonly version: KickstartVersion; readonly output: Output },
): Diagnostic[] {
  const document = parse(text, { file: options.file });
  const kind = outputKinds[options.output];
  const start = document.nodes[0]?.span;
  const inForce = check(document, {
    version: options.version,
    profile: 'livemedia',
    livemediaTarget: kind.lintTarget,
  });
  return [
    ...inForce,
    ...missingPackages(model, options.output, start),
    ...missingPrograms(model),
    ...notInForce(model, options.output),
    ...(kind.isDisk ? withoutBootLoader(model, start) : bootArguments(model)),
  ];
}

function missingPackages(model: KickstartModel, output: Output, start: Span | undefined): Diagnostic[] {
  const wanted = output === 'iso' ? isoPackages : output === 'pxe' ? networkBootPackages : [];
  const names = model.packages?.packages.map(({ name }) => name) ?? [];
  const span = model.packages?.headerSpans.at(-1) ?? start;
  return wanted
    .filter(([pattern]) => !names.some((name) => pattern.test(name)))
    .map(([, name, purpose]) => ({
      code: 'livemedia-package',
      severity: 'error',
      message: `${name} is not in %packages: the image needs ${purpose}`,
      ...(span && { span }),
      hint: `Add ${name}; a group that contains it may leave it out again.`,
    }));
}

function missingPrograms(model: KickstartModel): Diagnostic[] {
  const names = new Set(model.packages?.packages.map(({ name }) => name));
  return programsOfCommands.flatMap(([command, name, program]) => {
    const line = model.present.find((present) => present.name === command);
    // Anaconda adds firewalld by itself, unless it is excluded; the others are the kickstart's business.
    const isExcluded = model.packages?.excludedPackages.some((entry) => entry.name === name) === true;
    if (line === undefined || (command === 'firewall' ? !isExcluded : names.has(name))) return [];
    return [
      {
        code: 'livemedia-program',
        severity: 'error',
        message: `${command} needs ${program} in the installed system, and package ${name} is not in %packages`,
        span: line.span,
      },
    ];
  });
}

function withoutBootLoader(model: KickstartModel, start: Span | undefined): Diagnostic[] {
  const { bootloader } = model.commands;
  if (bootloader !== undefined && bootloader.location !== 'none' && !bootloader.disabled) return [];
  const span = bootloader?.span ?? start;
  return [
    {
      code: 'livemedia-boot-loader',
      severity: 'error',
      message: 'a disk image needs a boot loader, and the kickstart installs none',
      ...(span && { span }),
    },
  ];
}

/** Lorax puts the arguments between single quotes in its template, and into GRUB's file as they are. */
function bootArguments(model: KickstartModel): Diagnostic[] {
  const { bootloader } = model.commands;
  const character = /['"\\$`]/.exec(bootloader?.appendLine ?? '')?.[0];
  if (bootloader === undefined || character === undefined) return [];
  return [
    {
      code: 'livemedia-boot-argument',
      severity: 'error',
      message: `kernel arguments with ${character} do not survive livemedia-creator's boot menu`,
      span: bootloader.span,
      hint: 'Put the setting into a file of an overlay instead (modprobe.d, sysctl.d).',
    },
  ];
}
