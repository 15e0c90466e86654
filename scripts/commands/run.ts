import { statSync } from 'node:fs';
import path from 'node:path';
import { readBuilt } from '../build/index.ts';
import {
  choice,
  count,
  inWords,
  onOrOff,
  operand,
  option,
  optionOr,
  text,
  type Values,
} from '../command-line/index.ts';
import type { Context } from '../context/index.ts';
import { ReportedError } from '../diagnostic/index.ts';
import { toolsRoot } from '../engines/tools/index.ts';
import type { Asked } from '../flavour/index.ts';
import { chosenTopology, openViewer, runMachine, viewerFor } from '../lab/index.ts';
import { accel, baseAndHardware, firmwares, topology } from './common-flags.ts';

export const name = 'run';
export const help = {
  summary: 'boot an image to use it: its console is this terminal, or a window',
  more: '`phyllome shell` in another terminal is root in it',
};
export const flags = {
  image: operand(
    text('image', { names: 'flavour', orFile: true }),
    'a flavour that was built, or the file of an image',
  ),
  ...baseAndHardware,
  topology: optionOr(topology, 'the machine: a topology of `phyllome list`, or a file', 'default'),
  firmware: option(choice('firmware', firmwares), `${inWords(firmwares)}; the topology’s own when absent`),
  memory: option(count('MiB', 'MiB'), 'the topology’s own when absent'),
  accel,
  window: onOrOff('show the display; as without it where there is a desktop and a VNC viewer', 'only the terminal'),
};
export const startsPrograms = true;

/**
 * Boots an image for a person to use: its serial console is this terminal.
 * @throws ReportedError when there is no such image
 */
export async function run(options: Values<typeof flags>, context: Context): Promise<void> {
  const { image: imageOrFlavour, accel, firmware, memory: memoryMiB } = options;
  const topology = chosenTopology(options.topology, context);
  const { imageFile, tools } = await locate(imageOrFlavour, options, context);
  const viewer = options.window === false ? undefined : viewerFor(process.env);
  if (options.window === true && viewer === undefined) throw noViewer();
  const title = path.basename(imageFile);
  await runMachine({
    topology,
    accel,
    title,
    toolsRoot: tools,
    runner: context.runner,
    cacheDir: context.places.cache,
    change: {
      imageFile,
      ...(firmware !== undefined && { firmware }),
      ...(memoryMiB !== undefined && { memoryMiB }),
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
  const found = statSync(imageFile, { throwIfNoEntry: false });
  if (found?.isFile() || found?.isBlockDevice()) return { imageFile, tools: await toolsRoot(context) };
  throw new ReportedError({
    code: 'image-missing',
    severity: 'error',
    message: found === undefined ? `${imageFile}: there is no such image` : `${imageFile} is neither a file nor a disk`,
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
