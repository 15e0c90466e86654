import type { Span } from '../../diagnostic/index.ts';
import type { Manifest } from '../../image/index.ts';
import type { RenderedMap } from '../../render/index.ts';

/** What the image was made from, as far as it is known beside it. */
export interface Sources {
  readonly manifest: Pick<Manifest, 'units' | 'files'>;
  /** The rendered kickstart and where each of its lines comes from. */
  readonly rendered?: { readonly kickstart: string; readonly map: Pick<RenderedMap, 'lines' | 'sources'> };
}

/** Who put something into the image. */
export interface Owner {
  /** The unit, file, kernel argument or module. */
  readonly subject: string;
  /** File and line in the checkout, or in the user's own directory. */
  readonly file: string;
  readonly line: number;
  /** What stands there is nobody else's business. */
  readonly secret?: true;
  readonly component?: string;
  readonly reason?: string;
}

/** A line with more names than these is a list, and the list says enough. */
const mostOwners = 4;

/** Who brought in what a text names, in its order, each place once: what the image's sources are known to have. */
export function ownersIn(text: string, sources: Sources): readonly Owner[] {
  const owners = new Map<string, Owner>();
  for (const word of wordsOf(text)) {
    if (owners.size === mostOwners) break;
    const owner = withSecrecy(ownerOf(word, sources), sources);
    if (owner && !owners.has(`${owner.file}:${owner.line}`)) owners.set(`${owner.file}:${owner.line}`, owner);
  }
  return [...owners.values()];
}

function withSecrecy(owner: Owner | undefined, { manifest }: Sources): Owner | undefined {
  const isSecret = manifest.files.some(({ source, secret }) => secret === true && source === owner?.file);
  return owner && isSecret ? { ...owner, secret: true } : owner;
}

function ownerOf(subject: string, { manifest, rendered }: Sources): Owner | undefined {
  const unit = manifest.units.find(({ name }) => name === subject);
  // Programs tell a line as FILE:LINE.
  const [, filePath = subject, fileLine = '1'] = /^(\/.*):(\d+)$/.exec(subject) ?? [];
  const file = manifest.files.find(({ path }) => path === filePath);
  const place = rendered && placeOf(subject, rendered);
  if (file) return { subject: filePath, file: file.source, line: Number(fileLine), component: file.component };
  if (unit) {
    const { component, reason } = unit;
    return { subject, component, reason, ...(place ?? { file: `overlays/${component}/component.yaml`, line: 1 }) };
  }
  if (place === undefined) return undefined;
  const component = /^overlays\/([^/]+)\//.exec(place.file)?.[1];
  return { subject, ...place, ...(component !== undefined && { component }) };
}

/** The line of the sources that a word of the kickstart was rendered from. Templates only arrange what others say. */
function placeOf(
  word: string,
  { kickstart, map }: NonNullable<Sources['rendered']>,
): Omit<Owner, 'subject'> | undefined {
  // A module may be written with either mark, wherever it is named.
  const pattern = word.split(/[-_]/).map(escaped).join('[-_]');
  const whole = new RegExp(`(?:^|[\\s"'=,])${pattern}(?=$|[\\s"',=])`);
  const lines = kickstart.split('\n');
  for (const [index, text] of lines.entries()) {
    const [source, line] = map.lines[index] ?? [-1, 0];
    const file = map.sources[source];
    if (file === undefined || file.startsWith('kickstarts/templates/') || /^\s*#/.test(text)) continue;
    if (whole.test(text)) return { file, line };
  }
  return undefined;
}

/**
 * Names of things: what has a mark inside, or is in quotes. Plain words of a sentence would be found everywhere, and so
 * would the values of a record (`operation="open"`).
 */
function wordsOf(text: string): string[] {
  const quoted = [...text.matchAll(/(?<!=)['"`]([\w@.:/=-]{3,})['"`]/g)].map((match) => match[1] ?? '');
  const marked = text.match(/[\w@/][\w@.:/=,\\-]*[\w@]/g) ?? [];
  return [...new Set([...quoted, ...marked.filter((word) => /[@./=_-]/.test(word))])];
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** "owner: component time (overlays/time/component.yaml:12): guests need a right clock" */
export function inWords(owner: Owner): string {
  const place = `${owner.file}:${owner.line}`;
  const who = owner.component === undefined ? place : `component ${owner.component} (${place})`;
  return `owner of ${owner.subject}: ${who}${owner.reason === undefined ? '' : `: ${owner.reason}`}`;
}

/** The owner's place, for printing the line itself. Sources are known by line: the span is that line's beginning. */
export function spanOf({ file, line, secret }: Owner): Span {
  const start = { offset: 0, line, column: 1 };
  return { file, start, end: start, ...(secret && { withheld: true as const }) };
}
