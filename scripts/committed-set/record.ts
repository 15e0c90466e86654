import { createHash } from 'node:crypto';
import { essenceOf, PARTS, type Part, type Profile, profileOf, type Sayers, sayersOf } from '../explain/index.ts';
import type { ResolvedFlavour } from '../flavour/index.ts';
import type { Purpose } from '../render/index.ts';

/** A flavour on one base, rendered for one purpose. */
export interface Rendered {
  readonly flavour: ResolvedFlavour;
  readonly purpose: Purpose;
  readonly kickstart: string;
}

/** What is committed of one kickstart, and compared: it can be read back from the committed files, but for `by`. */
export interface KickstartRecord {
  /** `headless.debian-13.ks`, `installed-headless.fedora-44.installer.ks`. */
  readonly file: string;
  /** A profile whose texts are checksums. */
  readonly profile: Profile;
  /** SHA-256 of the kickstart. */
  readonly sha256: string;
  /** Checksum of the kickstart without remarks and blank lines. */
  readonly essence: string;
  /** For each part, a checksum of its names in their order. */
  readonly order: ReadonlyMap<Part, string>;
}

/** Who brings an entry of a part: a component, or `flavour NAME`; `templates` where none does. */
export type Bringers = (part: Part, name: string) => string;

/** A record with what is known besides where the kickstart has just been rendered. */
export interface FreshRecord extends KickstartRecord {
  readonly rendered: Rendered;
  /** Texts by their checksums. */
  readonly texts: ReadonlyMap<string, string>;
  readonly sayers: Sayers;
  readonly bringers: Bringers;
}

export const TEMPLATES = 'templates';

function fileOf({ flavour, purpose }: Rendered): string {
  return [flavour.name, flavour.base.name, ...(purpose === 'live' ? [] : [purpose]), 'ks'].join('.');
}

export function recordOf(rendered: Rendered): FreshRecord {
  const { flavour, kickstart } = rendered;
  const sayers = sayersOf(flavour);
  const texts = new Map<string, string>();
  const profile = withChecksums(profileOf(kickstart), texts);
  return {
    file: fileOf(rendered),
    profile,
    sha256: sha256(kickstart),
    essence: short(essenceOf(kickstart)),
    order: orderOf(profile),
    rendered,
    texts,
    sayers,
    bringers: (part, name) => sayers(part, name)?.by ?? TEMPLATES,
  };
}

/** The profile with a checksum for each text; the texts go into `texts`. */
export function withChecksums(profile: Profile, texts: Map<string, string>): Profile {
  const known = (text: string, bytes: string | Buffer = text): string => {
    const checksum = textKnownBy(bytes);
    texts.set(checksum, text);
    return checksum;
  };
  const files = [...profile.files].map(([name, value]) => {
    const [how = '', ...lines] = value.split('\n');
    const text = lines.join('\n');
    if (lines.length === 0) return [name, how] as const;
    if (!how.endsWith(' base64')) return [name, `${how}\n${known(text)}`] as const;
    const bytes = Buffer.from(text, 'base64');
    return [name, `${how}\n${known(bytes.toString('utf8'), bytes)}`] as const;
  });
  const scripts = [...profile.scripts].map(([name, text]) => [name, known(text)] as const);
  return { ...profile, files: new Map(files), scripts: new Map(scripts) };
}

/** What stands in a profile with checksums for a text. */
export function textKnownBy(bytes: string | Buffer): string {
  return `sha256:${short(bytes)}`;
}

/** The checksum in a file's value of such a profile; undefined where its text is left to other parts. */
export function checksumOf(value: string): string | undefined {
  return value.split('\n')[1];
}

/** As `sha256sum` prints it, cut to 64 bits: enough to tell texts apart, short enough to read past. */
function short(bytes: string | Buffer): string {
  return sha256(bytes).slice(0, 16);
}

function orderOf(profile: Profile): KickstartRecord['order'] {
  return new Map(PARTS.map((part) => [part, sha256([...profile[part].keys()].join('\n')).slice(0, 8)]));
}

const sums = new Map<string, string>();

/** The same texts stand in many kickstarts of a set. */
function sha256(bytes: string | Buffer): string {
  if (typeof bytes !== 'string') return createHash('sha256').update(bytes).digest('hex');
  const known = sums.get(bytes) ?? createHash('sha256').update(bytes).digest('hex');
  if (bytes.length < 100_000) sums.set(bytes, known);
  return known;
}
