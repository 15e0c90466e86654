import { checksumOf, type FreshRecord, TEMPLATES } from './record.ts';

/** Where committed texts lie, below the folder of the set. */
export const TEXTS = 'texts';

/** Where the text of an embedded file comes from. */
interface Origin {
  /** The overlay file, or `templates`. */
  readonly source: string;
  /** The committed text, where the source does not hold the very bytes. */
  readonly text?: string;
}

export type Origins = (record: FreshRecord, path: string) => Origin;

/**
 * Texts that no source file holds byte for byte, as they were made from templates: each once, below the path that it is
 * written to, named by the first kickstart that has it.
 */
export function madeTexts(records: readonly FreshRecord[]): {
  readonly files: ReadonlyMap<string, string>;
  readonly origins: Origins;
} {
  const files = new Map<string, string>();
  const places = new Map<string, string>();
  for (const record of records) {
    for (const [path, value] of record.profile.files) {
      const checksum = checksumOf(value);
      if (checksum === undefined || isSource(sourceOf(record, path)) || places.has(path + checksum)) continue;
      const file = `${TEXTS}${path}/${record.file.replace(/\.ks$/, '')}`;
      places.set(path + checksum, file);
      files.set(file, record.texts.get(checksum) ?? '');
    }
  }
  return {
    files,
    origins: (record, path) => {
      const checksum = checksumOf(record.profile.files.get(path) ?? '');
      const text = places.get(`${path}${checksum}`);
      const source = sourceOf(record, path);
      return isSource(source) || text === undefined ? { source } : { source, text };
    },
  };
}

function sourceOf({ rendered }: FreshRecord, path: string): string {
  return rendered.flavour.files.find((file) => file.path === path)?.source ?? TEMPLATES;
}

/** Whether a source is embedded as it is. */
function isSource(source: string): boolean {
  return source !== TEMPLATES && !source.endsWith('.hbs');
}
