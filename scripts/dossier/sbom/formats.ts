import type { Bill } from './bill.ts';
import { asCycloneDx } from './cyclonedx.ts';
import { asSpdx } from './spdx.ts';
import { asOpenVex } from './vex.ts';

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

/** Each format's document, and what is stated about vulnerabilities, by the names that they are published as. */
export function billFiles(bill: Bill, imageName: string): ReadonlyMap<string, string> {
  const vex = asOpenVex(bill);
  return new Map([
    ...Object.values(billFormats).map(({ ending, write }) => [`${imageName}.${ending}`, write(bill)] as const),
    ...(vex === undefined ? [] : [[`${imageName}.openvex.json`, vex] as const]),
  ]);
}
