import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { type ResolvedFlavour, resolveFlavour } from '../../scripts/flavour/index.ts';
import { directories } from '../render/shipped.ts';

/**
 * headless with something more, as a user's own flavour.
 * @throws with the findings, where it has errors
 */
export function headlessWith(content: object, base = 'debian-13'): ResolvedFlavour {
  const root = mkdtempSync(path.join(tmpdir(), 'phyllome-headless-'));
  try {
    const own = directories.map((directory) => ({ ...directory, root }));
    for (const { flavours } of own) {
      mkdirSync(path.join(root, flavours), { recursive: true });
      const flavour = { flavour: 'mine', summary: "a user's own", extends: 'headless', ...content };
      writeFileSync(path.join(root, flavours, 'mine.yaml'), stringify(flavour));
    }
    const { flavour, diagnostics } = resolveFlavour({ name: 'mine', base, directories: [...own, ...directories] });
    if (!flavour) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
    return flavour;
  } finally {
    rmSync(root, { recursive: true });
  }
}
