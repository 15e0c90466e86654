import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Span } from '../diagnostic/index.ts';
import type { BaseNames } from './base-names.ts';
import type { Member } from './component-order.ts';
import type { Findings } from './findings.ts';
import type { ResolvedDirectory, ResolvedFile, ResolvedLink, ResolvedScript } from './model.ts';
import type { FileEntry } from './source-files.ts';
import { SourceText } from './source-text.ts';

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

function overlayFiles(member: Member, names: BaseNames, findings: Findings): readonly ResolvedFile[] {
  const { data, loaded, name: by } = member;
  const { folder, source } = loaded;
  const rootfs = path.join(folder.path, 'rootfs');
  const entries = data.files ?? [];
  const placed = new Map(entries.filter((entry) => entry.source === undefined).map((entry) => [entry.path, entry]));

  const fromRootfs = filesBelow(rootfs, findings, folder.name).map((relative) => {
    const target = `/${relative}`;
    const entry = placed.get(target);
    placed.delete(target);
    return embed(path.join(rootfs, relative), path.posix.join(folder.name, 'rootfs', relative), target, entry, by);
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
    const targets = entry.path.startsWith('/') ? [entry.path] : names.translate('paths', entry.path, at, 'error');
    const file = path.posix.join(folder.name, entry.source);
    return targets.map((target) => embed(absolute, file, target, entry, by));
  });
  return [...fromRootfs, ...elsewhere];
}

function embed(
  absolute: string,
  source: string,
  target: string,
  entry: FileEntry | undefined,
  by: string,
): ResolvedFile {
  const bytes = readFileSync(absolute);
  const text = bytes.toString('utf8');
  const isText = Buffer.from(text, 'utf8').equals(bytes) && !text.includes('\0');
  const executable = (statSync(absolute).mode & 0o100) !== 0;
  return {
    path: target,
    mode: entry?.mode ?? (executable ? '0755' : '0644'),
    owner: entry?.owner ?? 'root',
    group: entry?.group ?? 'root',
    by,
    at: startOf(source, isText ? text : ''),
    source,
    content: isText ? { text } : { base64: bytes.toString('base64') },
  };
}

function startOf(file: string, text: string): Span {
  return new SourceText(file, text).span(0, 0);
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

function isFile(absolute: string): boolean {
  return lstatSync(absolute, { throwIfNoEntry: false })?.isFile() ?? false;
}
