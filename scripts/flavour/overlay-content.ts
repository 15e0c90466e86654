import { readFileSync, statSync } from 'node:fs';
import type { ResolvedFile } from './model.ts';
import type { ValueTemplates } from './value-templates.ts';

/** Files with this ending are Handlebars templates; what they make has the name without it. */
const TEMPLATE = '.hbs';

/** An overlay file as it lies on disk. */
export interface OverlayFile {
  readonly absolute: string;
  /** As diagnostics and the map name it. */
  readonly source: string;
  readonly by: string;
}

export function withoutTemplateEnding(name: string): string {
  return name.endsWith(TEMPLATE) ? name.slice(0, -TEMPLATE.length) : name;
}

export function isExecutable(absolute: string): boolean {
  return (statSync(absolute).mode & 0o100) !== 0;
}

/** Text where the bytes are UTF-8 without NUL, else base64. Templates are rendered. */
export function readOverlayFile(
  { absolute, source, by }: OverlayFile,
  templates: ValueTemplates,
): Pick<ResolvedFile, 'content' | 'lines'> {
  const bytes = readFileSync(absolute);
  const text = bytes.toString('utf8');
  const isText = Buffer.from(text, 'utf8').equals(bytes) && !text.includes('\0');
  if (!isText) return { content: { base64: bytes.toString('base64') } };
  if (!absolute.endsWith(TEMPLATE)) return { content: { text } };
  const rendered = templates.render(text, by, source);
  return { content: { text: rendered.text }, lines: rendered.lines };
}
