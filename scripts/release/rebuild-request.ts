import { type Fields, fieldsOf, objectsOf, textOf } from '../files/index.ts';
import { PROVENANCE } from './statement.ts';
import type { Sum } from './sums.ts';

/** What a published directory says of itself, read and compared. */
export interface Said {
  readonly sums: readonly Sum[];
  readonly manifest?: Fields | undefined;
  readonly provenance?: Fields | undefined;
}

/** What must be built again to compare the bits. */
export interface RebuildRequest {
  readonly flavour: string;
  readonly base: string;
  readonly hardware?: string;
  readonly outputs: readonly string[];
  readonly lock: { readonly file: string; readonly sha256: string };
}

/** Or in words why it cannot be built again. */
export function rebuildRequest({ manifest, provenance }: Said): RebuildRequest | { readonly fault: string } {
  const lock = fieldsOf(manifest?.lock);
  if (manifest === undefined || lock === undefined) {
    return { fault: 'it was not locked, and its repositories may have other packages now' };
  }
  return {
    flavour: textOf(manifest.flavour),
    base: textOf(manifest.base),
    ...hardwareIn(provenance),
    outputs: objectsOf(manifest.outputs).map(({ output }) => textOf(output)),
    lock: { file: textOf(lock.file), sha256: textOf(lock.sha256) },
  };
}

/** A manifest does not tell the computer that an image is for. */
function hardwareIn(provenance: Fields | undefined): { readonly hardware?: string } {
  if (provenance?.predicateType !== PROVENANCE) return {};
  const definition = fieldsOf(fieldsOf(provenance.predicate)?.buildDefinition);
  const hardware = textOf(fieldsOf(definition?.externalParameters)?.hardware);
  return hardware === '' ? {} : { hardware };
}
