import { statSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { type AskedBuild, readBuilt } from '../build/index.ts';
import {
  choice,
  count,
  flag,
  inWords,
  onOrOff,
  option,
  optionalOperand,
  optionOr,
  port,
  text,
  type Values,
} from '../command-line/index.ts';
import type { Context } from '../context/index.ts';
import { ReportedError, UsageError } from '../diagnostic/index.ts';
import { firmwareKeysFor, toolsRoot } from '../engines/tools/index.ts';
import {
  chosenTopology,
  keptComputer,
  keptDiskGiB,
  openViewer,
  runMachine,
  type Surroundings,
  sharedAt,
  type TopologyFile,
  viewerFor,
} from '../lab/index.ts';
import { accel, baseAndHardware, firmwares, startedOutput, topology } from './common-flags.ts';

export const name = 'run';
export const help = {
  summary: 'boot an image to use it: its console is this terminal, or a window',
  more: '`phyllome shell` in another terminal is root in it',
};
export const flags = {
  image: optionalOperand(
    text('image', { names: 'flavour', orFile: true }),
    'a flavour that was built, or the file of an image; with --computer none where its disk has a system',
  ),
  ...baseAndHardware,
  ...startedOutput,
  topology: optionOr(topology, 'the machine: a topology of `phyllome list`, or a file', 'default'),
  firmware: option(choice('firmware', firmwares), `${inWords(firmwares)}; the topology’s own when absent`),
  memory: option(count('MiB', 'MiB'), 'the topology’s own when absent'),
  accel,
  computer: option(
    text('directory', 'directories'),
    `a computer that stays: its disk (${keptDiskGiB} GiB, as large as what is on it), firmware variables and TPM lie there; it starts from its disk where that has a system`,
  ),
  network: flag('let it reach the network that this computer reaches; without, it has a card and no way out'),
  ssh: option(port, 'let this computer, and nobody else, reach its SSH at this port'),
  share: option(text('directory', 'directories'), 'a directory that it has at /mnt/share, and may write to'),
  window: onOrOff('show the display; as without it where there is a desktop and a VNC viewer', 'only the terminal'),
};
export const startsPrograms = true;

/**
 * Boots an image for a person to use: its serial console is this terminal.
 * @throws ReportedError when there is no such image
 */
export async function run(options: Values<typeof flags>, context: Context): Promise<void> {
  const { accel, memory: memoryMiB } = options;
  const topology = chosenTopology(options.topology, context);
  const surroundings = await surroundingsOf(options, topology);
  const { title, imageFile, tools, kickstart, computer } = await whatToRun(options, context);
  // A computer that is kept has the firmware that it was made with.
  const firmware = computer?.firmware ?? options.firmware;
  const viewer = options.window === false ? undefined : viewerFor(process.env);
  if (options.window === true && viewer === undefined) throw noViewer();
  await runMachine({
    topology,
    accel,
    title,
    toolsRoot: tools,
    ...(await firmwareKeysFor([topology], context)),
    runner: context.runner,
    cacheDir: context.places.cache,
    change: {
      imageFile,
      ...(firmware !== undefined && { firmware }),
      ...(computer && { keptDisk: { file: computer.disk, sizeMiB: keptDiskGiB * 1024 } }),
      ...(memoryMiB !== undefined && { memoryMiB }),
      surroundings,
    },
    ...(computer && { platformState: computer.platformState }),
    runDir: path.join(context.places.out, 'run', String(process.pid)),
    signal: context.signal,
    input: process.stdin,
    output: process.stdout,
    onAccelerator: (words) => {
      context.say(`${title} by ${words}`);
      context.say('Ctrl-] twice turns it off; `phyllome shell` in another terminal is root in it.');
      if (computer !== undefined)
        context.say(`What it writes to its disk stays in ${computer.disk}: switch it off from inside.`);
      for (const words of waysIn(surroundings, kickstart)) context.say(words);
    },
    ...(viewer && { onDisplay: (socket: string) => openViewer(viewer, socket, context) }),
  });
}

/** An image, the computer that is kept, or both. */
async function whatToRun(options: Values<typeof flags>, context: Context) {
  const directory = options.computer === undefined ? undefined : path.resolve(options.computer);
  const computerIn = async (kept: string, tools: string, mayMake: boolean) =>
    keptComputer(kept, options.firmware, { runner: context.runner, toolsRoot: tools, mayMake });
  if (options.image !== undefined) {
    const image = await locate(options.image, { ...options, toInstall: directory !== undefined }, context);
    const computer = directory === undefined ? undefined : await computerIn(directory, image.tools, true);
    return { ...image, title: path.basename(image.imageFile), computer };
  }
  if (directory === undefined) throw nothingToRun();
  const tools = await toolsRoot(context);
  const computer = await computerIn(directory, tools, false);
  return { title: path.basename(directory), imageFile: computer.disk, tools, kickstart: undefined, computer };
}

function nothingToRun(): UsageError {
  return new UsageError({
    code: 'nothing-to-run',
    severity: 'error',
    message: 'there is nothing to start',
    hint: 'Name an image: `phyllome run FLAVOUR`. A computer’s disk has a system after `phyllome run installer-headless --computer DIRECTORY`.',
  });
}

/** @throws UsageError for what this machine, or this computer, has not */
async function surroundingsOf(
  { network, ssh, share }: Pick<Values<typeof flags>, 'network' | 'ssh' | 'share'>,
  topology: TopologyFile,
): Promise<Surroundings> {
  const wrong = (message: string, hint: string) =>
    new UsageError({ code: 'cannot-run-so', severity: 'error', message, hint });
  if ((network === true || ssh !== undefined) && topology.network?.length === 0) {
    throw wrong(
      `topology ${topology.topology} has no network card`,
      'Leave --network and --ssh out, or choose another.',
    );
  }
  if (ssh !== undefined && !(await isFree(ssh))) {
    throw wrong(
      `--ssh ${ssh}: this port of your computer is taken, or not for you`,
      `Choose another, such as ${ssh + 1}.`,
    );
  }
  const shared = share === undefined ? undefined : path.resolve(share);
  if (shared !== undefined && statSync(shared, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw wrong(`--share ${share}: there is no such directory`, 'A single file: `phyllome shell --copy FILE`.');
  }
  return {
    ...(network === true && { network }),
    ...(ssh !== undefined && { sshPort: ssh }),
    ...(shared !== undefined && { shared }),
  };
}

const isFree = (wanted: number) =>
  new Promise<boolean>((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(wanted, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** Exact commands. The host key is another one at each start of a live system. */
function waysIn({ sshPort, shared, network }: Surroundings, kickstart: string | undefined): readonly string[] {
  const [user] = [...(kickstart ?? '').matchAll(/^sshkey --username=(\S+)/gm)].map(([, name]) => name);
  const quiet = '-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR';
  const ssh =
    kickstart !== undefined && user === undefined
      ? 'SSH lets in nobody: no account of this image has a key.'
      : `ssh -p ${sshPort} ${quiet} ${user ?? 'USER'}@127.0.0.1`;
  return [
    ...(sshPort === undefined ? [] : [ssh]),
    ...(shared === undefined ? [] : [`${shared} is ${sharedAt} in it.`]),
    ...(network === true ? ['It reaches the network that this computer reaches.'] : []),
  ];
}

async function locate(imageOrFlavour: string, options: AskedBuild, context: Context) {
  const isFile = imageOrFlavour.includes('/') || /\.(?:iso|img|raw|qcow2)$/.test(imageOrFlavour);
  if (!isFile) {
    const built = await readBuilt(imageOrFlavour, options, context);
    return { imageFile: built.imageFile, tools: built.toolsRoot, kickstart: built.rendered?.kickstart };
  }
  if (options.output !== undefined) {
    const message = `--output ${options.output}: ${imageOrFlavour} is one image already`;
    throw new UsageError({ code: 'usage', severity: 'error', message, hint: 'Leave --output out.' });
  }
  const imageFile = path.resolve(imageOrFlavour);
  const found = statSync(imageFile, { throwIfNoEntry: false });
  if (found?.isFile() || found?.isBlockDevice()) {
    return { imageFile, tools: await toolsRoot(context), kickstart: undefined };
  }
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
