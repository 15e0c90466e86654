/** Writes the files of types anew: `npm run types`. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { typeFiles } from './type-files.ts';
import { typeText } from './type-text.ts';

const checkout = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
for (const { file, schemas } of typeFiles) writeFileSync(path.join(checkout, file), await typeText(schemas, checkout));
