import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Span } from '../diagnostic/index.ts';
import type { BaseNames } from './base-names.ts';
import type { Member } from './component-order.ts';
import type { Findings } from './findings.ts';
import type { ResolvedFile } from './model.ts';
import type { FileEntry } from './source-files.ts';
import { SourceText } from './source-text.ts';

/** The files of a component: those below `rootfs/`, and those that `files:` puts somewhere else. */
export function overlayFiles(member: Member, names: BaseNames, findings: Findings): readonly ResolvedFile[] {
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

export function isFile(absolute: string): boolean {
  return lstatSync(absolute, { throwIfNoEntry: false })?.isFile() ?? false;
}
