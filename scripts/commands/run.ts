import { existsSync } from 'node:fs';
import path from 'node:path';
import { ReportedError } from '../diagnostic/index.ts';
import type { Asked } from '../flavour/index.ts';
import { loadTopology, runMachine } from '../lab/index.ts';
import { readBuilt } from './built-image.ts';
import type { Context } from './context.ts';
import { accelerators, choice, count, firmwares } from './option-values.ts';
import { toolsRoot } from './tools-root.ts';
import { openViewer, viewerFor } from './viewer.ts';

export interface RunCommandOptions extends Asked {
  readonly topology: string;
  readonly firmware?: string;
  readonly memory?: string;
  readonly accel: string;
  /** Open the display in a window: when there is a desktop and a viewer, unless told not to. */
  readonly window?: boolean;
}

/**
 * Boots an image for a person to use: its serial console is this terminal.
 * @throws ReportedError when there is no such image
 */
export async function run(imageOrFlavour: string, options: RunCommandOptions, context: Context): Promise<void> {
  const accel = choice('--accel', options.accel, accelerators);
  const topology = loadTopology(options.topology, context.places.checkout);
  const { imageFile, tools } = await locate(imageOrFlavour, options, context);
  const viewer = options.window === false ? undefined : viewerFor(process.env);
  if (options.window === true && viewer === undefined) throw noViewer();
  const firmware = options.firmware === undefined ? undefined : choice('--firmware', options.firmware, firmwares);
  const title = path.basename(imageFile);
  await runMachine({
    ...{ topology, accel, title, toolsRoot: tools, runner: context.runner, cacheDir: context.places.cache },
    change: {
      imageFile,
      ...(firmware !== undefined && { firmware }),
      ...(options.memory !== undefined && { memoryMiB: count('--memory', options.memory, 'MiB') }),
    },
    runDir: path.join(context.places.out, 'run', String(process.pid)),
    signal: context.signal,
    input: process.stdin,
    output: process.stdout,
    onAccelerator: (words) => {
      context.say(`${title} by ${words}`);
      context.say('Ctrl-] turns it off; `phyllome shell` in another terminal is root in it.');
    },
    ...(viewer && { onDisplay: (socket: string) => openViewer(viewer, socket, context) }),
  });
}

async function locate(imageOrFlavour: string, options: Asked, context: Context) {
  const isFile = imageOrFlavour.includes('/') || /\.(?:iso|img|raw|qcow2)$/.test(imageOrFlavour);
  if (!isFile) {
    const built = await readBuilt(imageOrFlavour, options, context);
    return { imageFile: built.imageFile, tools: built.toolsRoot };
  }
  const imageFile = path.resolve(imageOrFlavour);
  if (existsSync(imageFile)) return { imageFile, tools: await toolsRoot(context) };
  throw new ReportedError({
    code: 'image-missing',
    severity: 'error',
    message: `${imageFile}: there is no such image`,
    hint: '`phyllome run` takes the file of an image, or the name of a flavour that was built.',
  });
}

function noViewer(): ReportedError {
  return new ReportedError({
    code: 'no-viewer',
    severity: 'error',
    message: 'no window can be opened here',
    hint: 'It takes a desktop (DISPLAY or WAYLAND_DISPLAY) and a VNC viewer: vncviewer or remote-viewer. Without --window the terminal is the console.',
  });
}
