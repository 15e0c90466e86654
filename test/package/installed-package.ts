import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const checkout = path.resolve(import.meta.dirname, '../..');

/** Somebody's project that has installed what `npm pack` makes of this one, without a network. Its directory. */
export function projectWithPackage(): string {
  const scratch = mkdtempSync(path.join(tmpdir(), 'phyllome-package-'));
  // Packing makes a `dist` for a moment: it is done in a copy.
  const copy = path.join(scratch, 'copy');
  const entries = ['ci', 'kickstarts', 'overlays', 'scripts', 'package.json', 'tsconfig.json', 'README.md', 'LICENSE'];
  const isOurs = (file: string) => !file.includes('/node_modules');
  for (const entry of entries)
    cpSync(path.join(checkout, entry), path.join(copy, entry), { recursive: true, filter: isOurs });
  symlinkSync(path.join(checkout, 'node_modules'), path.join(copy, 'node_modules'));
  const env = { ...process.env, npm_config_cache: path.join(scratch, 'npm'), npm_config_update_notifier: 'false' };
  const npm = (words: readonly string[], cwd: string) =>
    execFileSync('npm', words, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
  npm(['pack', '--silent', '--pack-destination', scratch], copy);
  const packed = readdirSync(scratch).find((name) => name.endsWith('.tgz')) ?? '';
  const project = path.join(scratch, 'project');
  mkdirSync(project);
  writeFileSync(path.join(project, 'package.json'), '{"type": "module"}\n');
  npm(['install', '--silent', '--offline', '--no-audit', '--no-fund', path.join(scratch, packed)], project);
  return project;
}
