import { lstatSync } from 'node:fs';
import path from 'node:path';
import type { BaseNames } from './base-names.ts';
import type { Member } from './component-order.ts';
import { isEditorCopy } from './editor-copies.ts';
import type { Findings } from './findings.ts';
import { leadsOut } from './inside.ts';
import type { ResolvedFile } from './model.ts';
import { isTooLarge, MOST_FILE_MEBIBYTES, type OverlayCache } from './overlay-cache.ts';
import { type OverlayFile, readOverlayFile, withoutTemplateEnding } from './overlay-content.ts';
import type { FileEntry } from './source-files.ts';
import type { ValueTemplates } from './value-templates.ts';

/** Says what differs for the files beside it, and is none of them. */
export const OVERLAY_FILE = 'overlay.yaml';

/** What has files: a component, or a flavour's overlay folder. */
export type HasFiles = Pick<Member, 'name' | 'data' | 'conditions'> & {
  readonly loaded: Pick<Member['loaded'], 'source' | 'folder' | 'root' | 'overlays'>;
};

/** The files of a component: those below `rootfs/`, and those that `files:` puts somewhere else. */
export function overlayFiles(
  owner: HasFiles,
  names: BaseNames,
  templates: ValueTemplates,
  findings: Findings,
  root = 'rootfs',
): readonly ResolvedFile[] {
  const { data, loaded, conditions, name: by } = owner;
  const { folder, source, overlays } = loaded;
  const rootfs = path.join(folder.path, root);
  if (leadsOut(rootfs, loaded.root.path)) {
    findings.error(
      'leads-out',
      `${path.posix.join(folder.name, root)} leads out of ${loaded.root.path} by a link`,
      undefined,
    );
    return [];
  }
  const entries = data.files ?? [];
  const own = entries.flatMap((entry, index) => (entry.source === undefined ? [{ entry, index }] : []));
  const placed = new Map(own.map((item) => [item.entry.path, item]));

  const fromRootfs = filesBelow(rootfs, overlays, findings, path.posix.join(folder.name, root)).flatMap((relative) => {
    const target = withoutTemplateEnding(`/${relative}`);
    const item = placed.get(target);
    placed.delete(target);
    if (item && !conditions.holds(item.entry.when, ['files', item.index])) return [];
    const file = {
      absolute: path.join(rootfs, relative),
      source: path.posix.join(folder.name, root, relative),
      by,
    };
    return [embed(file, target, item?.entry, templates, overlays, findings)];
  });

  const elsewhere = entries.flatMap((entry, index) => {
    const at = source.spanOfValue(['files', index, 'path']);
    if (entry.source === undefined) {
      if (placed.has(entry.path)) {
        findings.error('missing-file', `there is no file \`${root}${entry.path}\` in ${folder.name}`, at);
      }
      return [];
    }
    const absolute = path.join(folder.path, entry.source);
    if (!isFile(absolute) || leadsOut(absolute, loaded.root.path)) {
      const span = source.spanOfValue(['files', index, 'source']);
      findings.error('missing-file', `there is no file \`${entry.source}\` in ${folder.name}`, span);
      return [];
    }
    if (isTooLarge(lstatSync(absolute))) {
      findings.error('too-large-file', tooLargeFor(entry.source), source.spanOfValue(['files', index, 'source']));
      return [];
    }
    if (!conditions.holds(entry.when, ['files', index])) return [];
    const targets = entry.path.startsWith('/')
      ? [{ name: entry.path }]
      : names.translate('paths', entry.path, at, 'error');
    const file = { absolute, source: path.posix.join(folder.name, entry.source), by };
    return targets.map((target) => embed(file, target.name, entry, templates, overlays, findings));
  });
  return [...fromRootfs, ...elsewhere];
}

function embed(
  file: OverlayFile,
  target: string,
  entry: FileEntry | undefined,
  templates: ValueTemplates,
  overlays: OverlayCache,
  findings: Findings,
): ResolvedFile {
  const start = { offset: 0, line: 1, column: 1 };
  const secret = isSecret(entry);
  // Before anything is said of it: reading a template may find faults.
  if (secret) keepSecret(findings, file.source, overlays.content(file.absolute));
  if (entry?.mode === undefined && entry?.secret === undefined && overlays.isPrivate(file.absolute)) {
    const message = 'only its owner may read this file here, and everybody in the image and its kickstart';
    const hint = 'say `mode: "0600"` of it below `files:` to keep it so, or `chmod 644` it';
    findings.warning('open-in-image', message, { file: file.source, start, end: start }, { hint });
  }
  const read = readOverlayFile(file, templates, overlays);
  if (secret) keepSecret(findings, file.source, read.content);
  return {
    path: target,
    mode: entry?.mode ?? (overlays.isExecutable(file.absolute) ? '0755' : '0644'),
    owner: entry?.owner ?? 'root',
    group: entry?.group ?? 'root',
    ...(entry?.selinux === undefined ? {} : { selinux: entry.selinux }),
    ...(entry?.override === true ? { overrides: true } : {}),
    ...(secret ? { secret: true } : {}),
    by: file.by,
    at: { file: file.source, start, end: start },
    source: file.source,
    ...read,
  };
}

function keepSecret(findings: Findings, source: string, content: ResolvedFile['content']): void {
  findings.keepSecret(source, 'text' in content ? content.text : '');
}

/** What nobody but its owner may read in the system is a secret before, too, unless its component says that it is none. */
function isSecret(entry: FileEntry | undefined): boolean {
  return entry?.secret ?? (entry?.mode !== undefined && (Number.parseInt(entry.mode, 8) & 0o077) === 0);
}

/** Paths relative to `root`, sorted, so that the same tree gives the same kickstart. */
function filesBelow(root: string, overlays: OverlayCache, findings: Findings, named: string): readonly string[] {
  const { files, others, unprintable, tooLarge } = overlays.files(root);
  for (const relative of others) {
    const message = `\`${named}/${relative}\` is no regular file; name a link below \`links:\``;
    findings.error('not-a-file', message, undefined);
  }
  for (const _ of unprintable) {
    findings.error('bad-path', `a file name in ${named} holds a control character, or is no UTF-8`, undefined);
  }
  for (const relative of tooLarge) findings.error('too-large-file', tooLargeFor(`${named}/${relative}`), undefined);
  const copies = files.filter((relative) => isEditorCopy(path.basename(relative)));
  for (const relative of copies) {
    findings.warning('editor-copy', `\`${named}/${relative}\` is an editor’s copy: it is left out`, undefined);
  }
  return files.filter((relative) => relative !== OVERLAY_FILE && !copies.includes(relative));
}

function tooLargeFor(file: string): string {
  return `\`${file}\` is larger than ${MOST_FILE_MEBIBYTES} MiB: a kickstart does not carry it; a package does`;
}

export function isFile(absolute: string): boolean {
  return lstatSync(absolute, { throwIfNoEntry: false })?.isFile() ?? false;
}
