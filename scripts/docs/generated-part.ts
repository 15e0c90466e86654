import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const beginOf = (source: string) =>
  `<!-- made by \`phyllome docs\` from ${source}; what is outside of these two lines is by hand -->`;
const END = '<!-- end of what `phyllome docs` makes -->';

/** The page with its generated part made anew. A page without one gets it at its end; one that is not there begins with `head`. */
export function withGeneratedPart(
  page: string | undefined,
  head: string,
  generated: string,
  source = 'component.yaml',
): string {
  const mark = beginOf(source);
  const part = `${mark}\n\n${generated}\n\n${END}`;
  if (page === undefined) return `${head}\n\n${part}\n`;
  const [begin, end] = [page.indexOf(mark), page.indexOf(END)];
  if (begin < 0 || end < begin) return `${page.trimEnd()}\n\n${part}\n`;
  return `${page.slice(0, begin)}${part}${page.slice(end + END.length)}`;
}

/** The page `file` of a checkout with its generated part made anew, by its path in the checkout. */
export function pageOf(
  checkout: string,
  { file, head, source }: { readonly file: string; readonly head: string; readonly source: string },
  generated: string,
): ReadonlyMap<string, string> {
  const page = path.join(checkout, file);
  const before = existsSync(page) ? readFileSync(page, 'utf8') : undefined;
  return new Map([[file, withGeneratedPart(before, head, generated, source)]]);
}
