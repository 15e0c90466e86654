import { realpathSync } from 'node:fs';
import path from 'node:path';

/**
 * Whether links lead a path out of its directory: what they point to is nobody's word for the image. The directory itself may be
 * a link. What is not there leads nowhere.
 */
export function leadsOut(absolute: string, directory: string): boolean {
  const relative = path.relative(realOf(directory) ?? directory, realOf(absolute) ?? absolute);
  return realOf(absolute) !== undefined && (relative.split(path.sep)[0] === '..' || path.isAbsolute(relative));
}

function realOf(file: string): string | undefined {
  try {
    return realpathSync(file);
  } catch {
    return undefined; // Not there, or a circle of links.
  }
}
