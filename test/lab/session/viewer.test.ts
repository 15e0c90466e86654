import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { viewerFor } from '../../../scripts/lab/session/viewer.ts';

test('a window needs a desktop and a viewer', async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'viewer-'));
  await writeFile(path.join(directory, 'vncviewer'), '');
  await chmod(path.join(directory, 'vncviewer'), 0o755);
  expect(viewerFor({ PATH: directory })).toBeUndefined();
  expect(viewerFor({ PATH: '/nonexistent', DISPLAY: ':0' })).toBeUndefined();
  const viewer = viewerFor({ PATH: directory, WAYLAND_DISPLAY: 'wayland-0' });
  expect(viewer?.argv('/run/display')).toEqual(['vncviewer', './display']);
  await rm(directory, { recursive: true });
});
