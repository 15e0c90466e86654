import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { terminatorFor } from '../../scripts/process/index.ts';
import { libvirtUnits } from './libvirt-units.ts';

/** Texts of this project that belong to packages: by the name of the package, by the absolute path in the system. */
export type OwnFiles = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Those that lie beside this file, `files/PACKAGE/path/in/the/system`, and units that differ in a name only. */
export function ownFiles(directory: string = path.join(import.meta.dirname, 'files')): OwnFiles {
  const all = new Map<string, Map<string, string>>();
  const add = (name: string, file: string, text: string) => {
    all.set(name, (all.get(name) ?? new Map<string, string>()).set(file, text));
  };
  for (const name of readdirSync(directory).sort()) {
    const root = path.join(directory, name);
    const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const file of entries.map((entry) => path.join(entry.parentPath, entry.name)).sort()) {
      add(name, `/${path.relative(root, file)}`, readFileSync(file, 'utf8'));
    }
  }
  for (const { name, file, text } of libvirtUnits()) add(name, file, text);
  return all;
}

/** Shell text that writes them as `PACKAGE/path` below the current directory. */
export function writeOwnFiles(files: OwnFiles): string {
  return [...files]
    .flatMap(([name, texts]) =>
      [...texts].map(([file, text]) => {
        const end = terminatorFor(text.split('\n'));
        return `mkdir -p '${name}${path.dirname(file)}'\ncat > '${name}${file}' <<'${end}'\n${text}${end}\n`;
      }),
    )
    .join('');
}
