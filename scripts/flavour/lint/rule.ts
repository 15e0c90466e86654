import type { Diagnostic } from '../../diagnostic/index.ts';
import type { ResolvedFlavour } from '../model.ts';

/** One question asked of a resolved flavour. */
export type FlavourRule = (flavour: ResolvedFlavour) => readonly Diagnostic[];
