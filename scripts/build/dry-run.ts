import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What a dry run writes: the kickstart that the printed commands name, and the map of its lines. */
const isRendered = (name: string) => /\.(?:ks|map\.json)$/.test(name);

/**
 * Notes what a build directory holds before a dry run renders into it. Returns how to put that back: a dry run that fails
 * leaves nothing, and above all no kickstart beside an image that was made of another. Once the program ends, as findings
 * show lines of that kickstart.
 */
export function remember(directory: string): () => void {
  const wasThere = existsSync(directory);
  const before = new Map(
    wasThere ? rendered(directory).map((name) => [name, readFileSync(path.join(directory, name))] as const) : [],
  );
  return () => {
    process.once('exit', () => {
      if (!wasThere) return rmSync(directory, { recursive: true, force: true });
      for (const name of rendered(directory)) {
        const file = path.join(directory, name);
        const content = before.get(name);
        if (content === undefined) rmSync(file);
        else if (!content.equals(readFileSync(file))) writeFileSync(file, content);
      }
    });
  };
}

const rendered = (directory: string) => readdirSync(directory).filter(isRendered);
