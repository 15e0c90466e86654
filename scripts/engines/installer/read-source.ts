import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { menuFiles } from './source-stage.ts';

/** What was taken out of a medium: its boot menus as texts. */
export interface Source {
  readonly menus: ReadonlyMap<string, string>;
  readonly efiMenu: string;
}

export function readSource(directory: string): Source {
  const at = (file: string) => path.join(directory, 'files', file);
  const present = menuFiles.filter((file) => existsSync(at(file)));
  return {
    menus: new Map(present.map((file) => [file, readFileSync(at(file), 'utf8')])),
    efiMenu: readFileSync(path.join(directory, 'efi-grub.cfg'), 'utf8'),
  };
}
