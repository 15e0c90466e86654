import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { BaseNames } from './base-names.ts';
import type { Member } from './component-order.ts';
import type { Findings } from './findings.ts';
import type { ResolvedDirectory, ResolvedFile, ResolvedLink, ResolvedScript } from './model.ts';
import { isFile, overlayFiles } from './overlay-files.ts';
import type { FileEntry } from './source-files.ts';

/** What a component lays over the root tree. */
export interface Overlay {
  readonly files: readonly ResolvedFile[];
  readonly directories: readonly ResolvedDirectory[];
  readonly links: readonly ResolvedLink[];
  readonly post: readonly ResolvedScript[];
}

export function resolveOverlay(member: Member, names: BaseNames, findings: Findings): Overlay {
  const { data, loaded, name: by } = member;
  const { source, folder } = loaded;
  const place = (entry: FileEntry) => ({
    mode: entry.mode ?? '0755',
    owner: entry.owner ?? 'root',
    group: entry.group ?? 'root',
  });
  return {
    files: overlayFiles(member, names, findings),
    directories: (data.directories ?? []).map((entry, index) => ({
      path: entry.path,
      ...place(entry),
      by,
      at: source.spanOfValue(['directories', index, 'path']),
    })),
    links: (data.links ?? []).map(({ path: link, target }, index) => ({
      path: link,
      target,
      by,
      at: source.spanOfValue(['links', index, 'path']),
    })),
    post: (data.post ?? []).flatMap(({ source: script, reason }, index) => {
      const at = source.spanOfValue(['post', index, 'source']);
      const absolute = path.join(folder.path, script);
      if (!isFile(absolute)) {
        findings.error('missing-file', `there is no file \`${script}\` in ${folder.name}`, at);
        return [];
      }
      return [{ source: path.posix.join(folder.name, script), text: readFileSync(absolute, 'utf8'), reason, by, at }];
    }),
  };
}
