import type { ResolvedFile } from './model.ts';
import type { OverlayCache } from './overlay-cache.ts';
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

/** The file's content; templates are rendered. */
export function readOverlayFile(
  { absolute, source, by }: OverlayFile,
  templates: ValueTemplates,
  cache: OverlayCache,
): Pick<ResolvedFile, 'content' | 'lines'> {
  const content = cache.content(absolute);
  if ('base64' in content) return { content };
  const { text } = content;
  if (!absolute.endsWith(TEMPLATE)) return { content };
  const rendered = templates.render(text, by, source);
  return { content: { text: rendered.text }, lines: rendered.lines };
}
