import path from 'node:path';
import type { BaseNames } from './base-names.ts';
import type { Member } from './component-order.ts';
import type { Findings } from './findings.ts';
import { leadsOut } from './inside.ts';
import type { ResolvedDirectory, ResolvedFile, ResolvedLink, ResolvedScript } from './model.ts';
import { readOverlayFile } from './overlay-content.ts';
import { type HasFiles, isFile, overlayFiles } from './overlay-files.ts';
import type { FileEntry, When } from './source-files.ts';
import { findOrphans } from './unused.ts';
import type { ValueTemplates } from './value-templates.ts';

/** What a component lays over the root tree. */
export interface Overlay {
  readonly files: readonly ResolvedFile[];
  readonly directories: readonly ResolvedDirectory[];
  readonly links: readonly ResolvedLink[];
  readonly post: readonly ResolvedScript[];
}

export function resolveOverlay(
  member: Member,
  names: BaseNames,
  templates: ValueTemplates,
  findings: Findings,
): Overlay {
  findOrphans(member, findings);
  return {
    files: overlayFiles(member, names, templates, findings),
    ...placedBeside(member, templates),
    post: scripts(member, templates, findings),
  };
}

/** Directories and links. */
export function placedBeside(owner: HasFiles, templates: ValueTemplates): Pick<Overlay, 'directories' | 'links'> {
  const { data, loaded, conditions, name: by } = owner;
  const { source } = loaded;
  const active = <T extends { readonly when?: When }>(key: string, entries: readonly T[] = []) =>
    entries
      .map((entry, index) => ({ entry, index }))
      .filter(({ entry, index }) => conditions.holds(entry.when, [key, index]));
  return {
    directories: active('directories', data.directories).map(({ entry, index }) => ({
      path: entry.path,
      ...ownership(entry),
      by,
      at: source.spanOfValue(['directories', index, 'path']),
    })),
    links: active('links', data.links).map(({ entry, index }) => {
      const at = source.spanOfValue(['links', index, 'path']);
      return { path: entry.path, target: templates.expand(entry.target, by, at), by, at };
    }),
  };
}

function scripts(member: Member, templates: ValueTemplates, findings: Findings): readonly ResolvedScript[] {
  const { data, loaded, conditions, name: by } = member;
  const { source, folder, overlays } = loaded;
  return (data.post ?? []).flatMap(({ source: script, reason, when }, index): readonly ResolvedScript[] => {
    if (!conditions.holds(when, ['post', index])) return [];
    const at = source.spanOfValue(['post', index, 'source']);
    const absolute = path.join(folder.path, script);
    if (!isFile(absolute) || leadsOut(absolute, loaded.root.path)) {
      findings.error('missing-file', `there is no file \`${script}\` in ${folder.name}`, at);
      return [];
    }
    const named = path.posix.join(folder.name, script);
    const { content, lines } = readOverlayFile({ absolute, source: named, by }, templates, overlays);
    if ('text' in content) return [{ source: named, text: content.text, ...(lines && { lines }), reason, by, at }];
    findings.error('not-a-script', `\`${script}\` is no text`, at);
    return [];
  });
}

function ownership(entry: FileEntry) {
  return {
    mode: entry.mode ?? '0755',
    owner: entry.owner ?? 'root',
    group: entry.group ?? 'root',
    ...(entry.selinux === undefined ? {} : { selinux: entry.selinux }),
  };
}
