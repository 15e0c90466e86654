import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ReportedError } from '../diagnostic/index.ts';
import type { Asked } from '../flavour/index.ts';
import type { Manifest } from '../image/index.ts';
import type { TestOptions } from '../lab/index.ts';
import type { RenderedSet } from '../render/index.ts';
import type { Context } from './context.ts';
import { buildDirectoryOf } from './prepare.ts';

/** An image that `build` made, with what is known about it. All paths absolute. */
export interface BuiltImage {
  readonly manifest: Manifest;
  readonly imageFile: string;
  readonly toolsRoot: string;
  readonly buildDirectory: string;
  /** The kickstart it was made of; absent when somebody has removed it. */
  readonly rendered?: NonNullable<TestOptions['rendered']>;
}

/**
 * Reads what the last build of a flavour left.
 * @throws ReportedError `not-built`
 */
export function readBuilt(name: string, asked: Asked, context: Pick<Context, 'places'>): BuiltImage {
  const buildDirectory = buildDirectoryOf(name, asked, context.places);
  const read = (file: string) => readFileSync(path.join(buildDirectory, file), 'utf8');
  try {
    const manifest = JSON.parse(read('manifest.json')) as Manifest;
    const { tools } = JSON.parse(read('build.json')) as { tools: string };
    const there = [`${name}.ks`, `${name}.map.json`].every((file) => existsSync(path.join(buildDirectory, file)));
    return {
      manifest,
      buildDirectory,
      imageFile: path.join(buildDirectory, manifest.image.file),
      toolsRoot: path.join(tools, 'root'),
      ...(there && {
        rendered: { kickstart: read(`${name}.ks`), map: JSON.parse(read(`${name}.map.json`)) as RenderedSet['map'] },
      }),
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new ReportedError({
      code: 'not-built',
      severity: 'error',
      message: `${name} has not been built: ${buildDirectory} holds no manifest.json and build.json`,
      hint: `phyllome build ${name}`,
    });
  }
}
