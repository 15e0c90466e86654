import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The packages, virtual ones too, of the index files that apt fetched and verified into `lists`. */
export function namesInDebianIndex(lists: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const file of readdirSync(lists).filter((name) => name.endsWith('_Packages'))) {
    const text = readFileSync(path.join(lists, file), 'utf8');
    for (const [, key, value = ''] of text.matchAll(/^(Package|Provides): (.*)$/gm)) {
      const given = key === 'Package' ? [value] : value.split(',').map((one) => one.trim().split(/[ :]/)[0] ?? '');
      for (const name of given) names.add(name);
    }
  }
  return names;
}
