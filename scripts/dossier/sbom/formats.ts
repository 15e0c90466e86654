import type { Bill } from './bill.ts';
import { asCycloneDx } from './cyclonedx.ts';
import { asSpdx } from './spdx.ts';

interface BillFormat {
  /** Behind the image's name, as tools look for it. */
  readonly ending: string;
  readonly write: (bill: Bill) => string;
}

/** The formats that a bill of materials is written in. */
export const billFormats = {
  spdx: { ending: 'spdx.json', write: asSpdx },
  cyclonedx: { ending: 'cdx.json', write: asCycloneDx },
} as const satisfies Readonly<Record<string, BillFormat>>;
export type BillFormatId = keyof typeof billFormats;

/** Each format's document, by the name that it is published as. */
export function billFiles(bill: Bill, imageName: string): ReadonlyMap<string, string> {
  return new Map(Object.values(billFormats).map(({ ending, write }) => [`${imageName}.${ending}`, write(bill)]));
}
