import path from 'node:path';
import { languageOf, type ResolvedFile, type ResolvedFlavour, type Sourced, xLayoutOf } from '../flavour/index.ts';
import { commandsView, type Purpose } from './commands-view.ts';
import type { EmbeddedFile } from './embedded-file.ts';
import { presetFiles } from './preset-file.ts';

/** What the templates see. Every key is always there: templates run in strict mode. */
export type View = ReturnType<typeof viewOf>;

export function viewOf(flavour: ResolvedFlavour, purpose: Purpose = 'live') {
  const { base } = flavour;
  const isRpm = base.family === 'rpm';
  const commands = commandsView(flavour, purpose);
  const names = new Set(flavour.packages.map(({ name }) => name));
  return {
    flavour: { name: flavour.name, summary: flavour.summary, source: flavour.at.file },
    ...(flavour.hardware && { hardware: { name: flavour.hardware.name, at: flavour.hardware.at } }),
    base: {
      name: base.name,
      kickstartVersion: base.kickstartVersion,
      isRpm,
      rootSizeMiB: asText(base.rootSizeMiB) ?? { value: '10240', at: base.at },
    },
    system: {
      ...flavour.system,
      xLayout: { ...flavour.system.keyboard, value: xLayoutOf(flavour.system.keyboard.value) },
    },
    hostname: commands.hostname ?? flavour.system.hostname,
    xkb: xkbOf(flavour.system.keyboard),
    languages: flavour.languages[0] !== undefined && {
      ...flavour.languages[0],
      value: flavour.languages.map(({ value }) => value).join(','),
    },
    instLangs: [
      ...new Set(['en', ...[flavour.system.lang, ...flavour.languages].map(({ value }) => languageOf(value))]),
    ].join(':'),
    // A system on a disk has its installer write the file, with the disk in it.
    writesKernelCommandLine: bootsFromMedium(commands.bootloader),
    users: flavour.users.map(({ at, ...user }) => {
      const here = (value: string | undefined): Sourced<string> | false => value !== undefined && { value, at };
      return {
        name: here(user.name),
        gecos: here(user.gecos || undefined),
        groups: here(user.groups.join(',') || undefined),
        shell: here(user.shell),
        uid: here(user.uid?.toString()),
        passwordHash: here(user.passwordHash),
      };
    }),
    sshKeys: flavour.sshKeys.map(({ user, key, at }) => ({ user: { value: user, at }, key: { value: key, at } })),
    kernelArguments: flavour.kernelArguments.map(({ argument, at }) => ({ value: argument, at })),
    commands: { ...commands, withoutClock: isRpm && commands.own.timesource && !names.has('chrony') },
    repositories: base.repositories.map(({ id, at, baseurl, mirrorlist }, index) => ({
      isMain: index === 0,
      id: { value: id, at },
      option: baseurl === undefined ? '--mirrorlist' : index === 0 ? '--url' : '--baseurl',
      address: { value: baseurl ?? mirrorlist ?? '', at },
    })),
    packages: flavour.packages,
    leftOut: isRpm ? addedByAnaconda(flavour.system.lang.value).filter((name) => !names.has(name)) : [],
    overlays: [
      ...flavour.components.map(({ name, summary }) => ({ name, title: `Component ${name}: ${summary}` })),
      ...flavour.layers.map(({ name }) => ({ name, title: `Files of ${name} itself` })),
    ].map(({ name, title }) => {
      const own = <T extends { readonly by: string }>(entries: readonly T[]): readonly T[] =>
        entries.filter((entry) => entry.by === name);
      const files = own(flavour.files).map(embedded);
      const directories = own(flavour.directories).map((entry) => ({
        ...entry,
        path: { value: entry.path, at: entry.at },
      }));
      const links = own(flavour.links).map(({ path: link, target, at }) => ({
        path: { value: link, at },
        target,
        parent: { value: path.posix.dirname(link), at },
      }));
      const hasOverlay = files.length + directories.length + links.length > 0;
      const labelled = [...own(flavour.files), ...own(flavour.directories)].flatMap(({ path: target, selinux, at }) =>
        selinux === undefined ? [] : [{ type: { value: selinux, at }, path: { value: target, at } }],
      );
      return { title, hasOverlay, selinux: isRpm, files, directories, links, labelled: isRpm ? labelled : [] };
    }),
    scripts: flavour.post,
    selinux: isRpm,
    presets: {
      files: presetFiles(flavour),
      ...presetViews(flavour.units),
      user: presetViews(flavour.userUnits),
    },
  };
}

function bootsFromMedium(bootloader: ReturnType<typeof commandsView>['bootloader']): boolean {
  return /--location=none(?:\s|$)/.test(typeof bootloader === 'string' ? bootloader : bootloader.value);
}

/**
 * What Anaconda adds beyond the list unless it is excluded by exactly this name: `langpacks-en`; the package `kernel` beside
 * the parts of it that are named; of the groups for virtual machines the one of the builder
 * (pyanaconda/modules/payloads/payload/dnf/requirements.py, utils.py).
 */
function addedByAnaconda(lang: string): readonly string[] {
  const territory = /^[a-z]{2,3}_[A-Z]{2}/.exec(lang)?.[0];
  const languages = [languageOf(lang), ...(territory === undefined ? [] : [territory])];
  return [
    ...languages.map((language) => `langpacks-${language}`),
    'kernel',
    ...['kvm', 'microsoft', 'vmware'].map((platform) => `@platform-${platform}`),
  ];
}

/** The layout of graphical sessions as XKB has it: `de (nodeadkeys)` is a layout and a variant of it. */
function xkbOf({ value, at }: Sourced<string>): Readonly<Record<'layout' | 'variant', Sourced<string>>> {
  const [, layout = '', variant = ''] = /^([^\s(]*)\s*(?:\((.*)\))?$/.exec(xLayoutOf(value)) ?? [];
  return { layout: { value: layout, at }, variant: { value: variant, at } };
}

/** The units by what is to be done with them. */
function presetViews(units: ResolvedFlavour['units']) {
  const that = (preset: 'enable' | 'disable' | 'mask') =>
    units.filter((unit) => unit.preset === preset).map(({ name, at }) => ({ name: { value: name, at } }));
  return { enable: that('enable'), disable: that('disable'), mask: that('mask') };
}

function embedded(file: ResolvedFile): EmbeddedFile {
  return { ...file, placeOfLine: (line) => ({ file: file.source, line: file.lines?.[line - 1] ?? line }) };
}

function asText(sourced: Sourced<number> | undefined): Sourced<string> | undefined {
  return sourced && { value: String(sourced.value), at: sourced.at };
}
