import { comparedWith, editionsOf } from './edition.ts';
import { INDEX, writeIndex } from './index-file.ts';
import { type FreshRecord, type Rendered, recordOf } from './record.ts';
import { isSpecimen } from './specimens.ts';
import { madeTexts } from './texts.ts';
import { WHOLE, writeWhole } from './whole.ts';
import { writeSummaries } from './write-summary.ts';

/** What is committed of a rendered set, by file name below its folder. */
export interface FreshSet {
  readonly records: readonly FreshRecord[];
  readonly files: ReadonlyMap<string, string>;
}

/** What is to be committed of these kickstarts. */
export function writeSet(rendered: readonly Rendered[]): FreshSet {
  const records = rendered.map(recordOf);
  const byFile = new Map(records.map((record) => [record.file, record]));
  const editions = editionsOf(records);
  // Texts are named by the first kickstart that has them: an edition before those that extend it.
  const { files: texts, origins } = madeTexts([...editions.flatMap((edition) => edition.records), ...records]);
  const files = new Map([[INDEX, writeIndex(records)], ...texts]);
  for (const edition of editions) {
    const compared = ({ rendered: { flavour } }: FreshRecord): FreshRecord | undefined =>
      comparedWith(edition, flavour.name, flavour.base.name)
        .map((file) => byFile.get(file))
        .find((record) => record !== undefined);
    for (const [folder, text] of writeSummaries(edition, compared, origins))
      files.set(`${folder}/${edition.name}.txt`, text);
  }
  for (const record of records.filter((one) => isSpecimen(one.rendered))) {
    files.set(`${WHOLE}/${record.file}`, writeWhole(record, origins));
  }
  return { records, files };
}
