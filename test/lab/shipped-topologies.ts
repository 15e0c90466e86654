import path from 'node:path';
import { checkoutDirectory } from '../../scripts/places/index.ts';

/** Where the project's own topologies are looked for. */
export const shipped = [checkoutDirectory(path.resolve(import.meta.dirname, '../..'))];
