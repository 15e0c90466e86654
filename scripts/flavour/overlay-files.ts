import { lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { BaseNames } from './base-names.ts';
import type { Member } from './component-order.ts';
import type { Findings } from './findings.ts';
import type { ResolvedFile } from './model.ts';
import { isExecutable, type OverlayFile, readOverlayFile, withoutTemplateEnding } from './overlay-content.ts';
import type { FileEntry } from './source-files.ts';
import type { ValueTemplates } from './value-templates.ts';

/** The files of a component: those below `rootfs/`, and those that `files:` puts somewhere else. */
export function overlayFiles(
  member: Member,
  names: BaseNames,
  templates: ValueTemplates,
  findings: Findings,
): readonly ResolvedFile[] {
  const { data, loaded, conditions, name: by } = member;
  const { folder, source } = loaded;
  const rootfs = path.join(folder.path, 'rootfs');
  const entries = data.files ?? [];
  const own = entries.flatMap((entry, index) => (entry.source === undefined ? [{ entry, index }] : []));
  const placed = new Map(own.map((item) => [item.entry.path, item]));

  const fromRootfs = filesBelow(rootfs, findings, folder.name).flatMap((relative) => {
    const target = withoutTemplateEnding(`/${relative}`);
    const item = placed.get(target);
    placed.delete(target);
    if (item && !conditions.holds(item.entry.when, ['files', item.index])) return [];
    const file = {
      absolute: path.join(rootfs, relative),
      source: path.posix.join(folder.name, 'rootfs', relative),
      by,
    };
    return [embed(file, target, item?.entry, templates)];
  });

  const elsewhere = entries.flatMap((entry, index) => {
    const at = source.spanOfValue(['files', index, 'path']);
    if (entry.source === undefined) {
      if (placed.has(entry.path)) {
        findings.error('missing-file', `there is no file \`rootfs${entry.path}\` in ${folder.name}`, at);
      }
      return [];
    }
    const absolute = path.join(folder.path, entry.source);
    if (!isFile(absolute)) {
      const span = source.spanOfValue(['files', index, 'source']);
      findings.error('missing-file', `there is no file \`${entry.source}\` in ${folder.name}`, span);
      return [];
    }
    if (!conditions.holds(entry.when, ['files', index])) return [];
    const targets = entry.path.startsWith('/')
      ? [{ name: entry.path }]
      : names.translate('paths', entry.path, at, 'error');
    const file = { absolute, source: path.posix.join(folder.name, entry.source), by };
    return targets.map((target) => embed(file, target.name, entry, templates));
  });
  return [...fromRootfs, ...elsewhere];
}

function embed(
  file: OverlayFile,
  target: string,
  entry: FileEntry | undefined,
  templates: ValueTemplates,
): ResolvedFile {
  const start = { offset: 0, line: 1, column: 1 };
  return {
    path: target,
    mode: entry?.mode ?? (isExecutable(file.absolute) ? '0755' : '0644'),
    owner: entry?.owner ?? 'root',
    group: entry?.group ?? 'root',
    ...(entry?.selinux === undefined ? {} : { selinux: entry.selinux }),
    by: file.by,
    at: { file: file.source, start, end: start },
    source: file.source,
    ...readOverlayFile(file, templates),
  };
}

/** Paths relative to `root`, sorted, so that the same tree gives the same kickstart. */
function filesBelow(root: string, findings: Findings, component: string): readonly string[] {
  if (!lstatSync(root, { throwIfNoEntry: false })) return [];
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .sort()
    .filter((relative) => {
      const info = lstatSync(path.join(root, relative));
      if (info.isDirectory()) return false;
      if (!info.isFile()) {
        const message = `\`rootfs/${relative}\` in ${component} is no regular file; name a link below \`links:\``;
        findings.error('not-a-file', message, undefined);
      }
      if (/[\p{Cc}\u2028\u2029]/u.test(relative)) {
        findings.error('bad-path', `a file name in ${component} holds a control character`, undefined);
      }
      return info.isFile();
    });
}

export function isFile(absolute: string): boolean {
  return lstatSync(absolute, { throwIfNoEntry: false })?.isFile() ?? false;
}
