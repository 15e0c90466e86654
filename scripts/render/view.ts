import path from 'node:path';
import type { ResolvedFile, ResolvedFlavour, Sourced } from '../flavour/index.ts';
import { commandsView, type Purpose } from './commands-view.ts';
import type { EmbeddedFile } from './embedded-file.ts';
import { presetFiles } from './preset-file.ts';

/** What the templates see. Every key is always there: templates run in strict mode. */
export type View = ReturnType<typeof viewOf>;

export function viewOf(flavour: ResolvedFlavour, purpose: Purpose = 'live') {
  const { base } = flavour;
  const isRpm = base.family === 'rpm';
  return {
    flavour: { name: flavour.name, summary: flavour.summary, source: flavour.at.file },
    ...(flavour.hardware && { hardware: { name: flavour.hardware.name, at: flavour.hardware.at } }),
    base: {
      name: base.name,
      kickstartVersion: base.kickstartVersion,
      isRpm,
      rootSizeMiB: asText(base.rootSizeMiB) ?? { value: '10240', at: base.at },
    },
    system: flavour.system,
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
    commands: commandsView(flavour, purpose),
    repositories: base.repositories.map(({ id, at, baseurl, mirrorlist }, index) => ({
      isMain: index === 0,
      id: { value: id, at },
      option: baseurl === undefined ? '--mirrorlist' : index === 0 ? '--url' : '--baseurl',
      address: { value: baseurl ?? mirrorlist ?? '', at },
    })),
    packages: flavour.packages,
    components: flavour.components.map(({ name, summary }) => {
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
      return { name, summary, hasOverlay, selinux: isRpm, files, directories, links, labelled: isRpm ? labelled : [] };
    }),
    scripts: flavour.post,
    selinux: isRpm,
    presets: {
      files: presetFiles(flavour),
      enable: unitsThat(flavour, 'enable'),
      disable: unitsThat(flavour, 'disable'),
      mask: unitsThat(flavour, 'mask'),
    },
  };
}

function unitsThat(flavour: ResolvedFlavour, preset: 'enable' | 'disable' | 'mask') {
  return flavour.units.filter((unit) => unit.preset === preset).map(({ name, at }) => ({ name: { value: name, at } }));
}

function embedded(file: ResolvedFile): EmbeddedFile {
  return { ...file, placeOfLine: (line) => ({ file: file.source, line: file.lines?.[line - 1] ?? line }) };
}

function asText(sourced: Sourced<number> | undefined): Sourced<string> | undefined {
  return sourced && { value: String(sourced.value), at: sourced.at };
}
