import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Whatever tests make in the temporary directory lies in one of their own, and is gone with the run. */
export default function ownTemporaryDirectory(): () => void {
  const directory = mkdtempSync(path.join(tmpdir(), 'phyllome-unit-'));
  // Some tests run as another user.
  chmodSync(directory, 0o711);
  process.env.TMPDIR = directory;
  return () => rmSync(directory, { recursive: true, force: true });
}
