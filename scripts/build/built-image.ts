import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Context } from '../context/index.ts';
import { ReportedError } from '../diagnostic/index.ts';
import { toolsRoot } from '../engines/tools/index.ts';
import type { Asked } from '../flavour/index.ts';
import { type BuildManifest, imageOf, type Manifest, manifestFor } from '../image/index.ts';
import { installs, type OutputId } from '../outputs/index.ts';
import { buildDirectoryOf, resolveOne } from '../prepare/index.ts';
import { displayCommand } from '../process/index.ts';
import type { RenderedSet } from '../render/index.ts';
import type { TestedImage } from '../test-run/index.ts';
import { optionsOf } from './next-steps.ts';

/** An image that `build` made, with what is known about it. All paths absolute. */
export interface BuiltImage {
  readonly manifest: Manifest;
  readonly imageFile: string;
  readonly toolsRoot: string;
  readonly buildDirectory: string;
  /** The kickstart it was made of; absent when somebody has removed it. */
  readonly rendered?: NonNullable<TestedImage['rendered']>;
}

/** Which image of which build. */
export interface AskedBuild extends Asked {
  /** One of several outputs; the build's first image when absent. */
  readonly output?: OutputId | undefined;
  /** Without `output`: the medium that installs, where the build made one. */
  readonly toInstall?: boolean;
}

/**
 * Reads what the last build of a flavour left.
 * @throws ReportedError `not-built`, or that this build made no such image
 */
export async function readBuilt(name: string, asked: AskedBuild, context: Context): Promise<BuiltImage> {
  const { tools, ...built } = readRecord(name, asked, context);
  return { ...built, toolsRoot: tools === undefined ? await toolsRoot(context) : path.join(tools, 'root') };
}

/** How the image was made. livemedia-creator needs no tools tree, and the kickstart of a disk has a name of its own. */
interface BuildRecord {
  readonly tools?: string;
  readonly kickstart?: string;
}

function readRecord(
  name: string,
  asked: AskedBuild,
  { places }: Pick<Context, 'places'>,
): Omit<BuiltImage, 'toolsRoot'> & BuildRecord {
  const buildDirectory = buildDirectoryOf(name, asked, places);
  const read = (file: string) => readFileSync(path.join(buildDirectory, file), 'utf8');
  try {
    const manifest = imageAsked(name, JSON.parse(read('manifest.json')) as BuildManifest | null, asked);
    const { tools, kickstart = `${name}.ks` } = JSON.parse(read('build.json')) as BuildRecord;
    const map = kickstart.replace(/ks$/, 'map.json');
    const there = [kickstart, map].every((file) => existsSync(path.join(buildDirectory, file)));
    return {
      manifest,
      buildDirectory,
      imageFile: path.join(buildDirectory, manifest.image.file),
      ...(tools !== undefined && { tools }),
      ...(there && {
        rendered: { kickstart: read(kickstart), map: JSON.parse(read(map)) as RenderedSet['map'] },
      }),
    };
  } catch (error) {
    // A full disk cuts files short.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' && !(error instanceof SyntaxError)) throw error;
    // A name that is none, or a flavour with a mistake in it, is told as such: building it would not help.
    resolveOne(name, asked, { places });
    throw new ReportedError({
      code: 'not-built',
      severity: 'error',
      message: `${name} has not been built: ${buildDirectory} holds no whole manifest.json and build.json`,
      hint: `phyllome build ${displayCommand([name, ...optionsOf(asked)])}`,
    });
  }
}

/** @throws SyntaxError where it is no manifest of a build; ReportedError where the build has not that image */
function imageAsked(name: string, built: BuildManifest | null, asked: AskedBuild): Manifest {
  // Of another program, or of nobody; earlier versions made one image, and listed no outputs.
  if (!Array.isArray(built?.outputs) && typeof built?.image?.file !== 'string') throw new SyntaxError('no manifest');
  const outputs = built.outputs ?? [];
  const installer = asked.toInstall === true ? outputs.find(({ output }) => installs(output))?.output : undefined;
  const manifest = manifestFor({ ...built, outputs }, asked.output ?? installer);
  if (manifest !== undefined) return manifest;
  const wanted = asked.output === undefined ? 'an image that firmware starts' : asked.output;
  const startable = outputs.filter((one) => imageOf(one) !== undefined).map(({ output }) => `--output ${output}`);
  throw new ReportedError({
    code: 'image-not-built',
    severity: 'error',
    message: `the last build of ${name} did not make ${wanted}, but ${outputs.map(({ output }) => output).join(', ') || 'one image'}`,
    hint:
      startable.length > 0
        ? `What can be booted of it: ${startable.join(', ')}`
        : `phyllome build ${displayCommand([name, ...optionsOf(asked)])} makes what the flavour is for`,
  });
}
