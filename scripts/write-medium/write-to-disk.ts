import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import type { Context } from '../context/index.ts';
import { type Diagnostic, ReportedError, sizeInWords, UsageError } from '../diagnostic/index.ts';
import { isLive, taskList } from '../progress/index.ts';
import type { BlockDevice } from './block-devices.ts';
import { agree, mustBeAskable, type Terminal } from './consent.ts';
import { checkedImage, type OpenImage, openImage, promisedChecksum } from './image-file.ts';
import { diskInWords } from './in-words.ts';
import { diskPath, lookAround } from './look-around.ts';
import { lookInside } from './look-inside.ts';
import { type Medium, openMedium, openTrouble } from './medium.ts';
import { withRawCopy } from './raw-copy.ts';
import { find, misfits, refusals } from './verdict.ts';
import { type Following, writeImage } from './write-image.ts';

export interface WriteRequest {
  /** The file of an ISO or of a disk, raw or qcow2. */
  readonly image: string;
  /** The tools tree, for a qcow2. */
  readonly toolsRoot: () => Promise<string>;
  /** Of a disk, as it was typed. */
  readonly disk: string;
  /** The disk named once more, by which somebody agrees to lose what is on it. */
  readonly yes?: string | undefined;
  /** The disk named once more, as one that is not removable and meant all the same. */
  readonly alsoFixed?: string | undefined;
  /** Paths whose disk must not be written to, besides the system's. */
  readonly kept: readonly string[];
  /** The command line that does the same with the right to. */
  readonly sudo: string;
  readonly terminal: Terminal;
}

/**
 * Writes an image to a disk and reads it back, when nothing speaks against it and somebody has agreed.
 * @throws ReportedError, UsageError, EnvironmentError, Interrupted
 */
export async function writeToDisk(request: WriteRequest, context: Context): Promise<void> {
  const path = diskPath(request.disk);
  const isNamed = (option: string, named: string | undefined) => namesAgain(option, named, request.disk, path);
  const [isAgreed, alsoFixed] = [isNamed('--yes', request.yes), isNamed('--also-fixed', request.alsoFixed)];
  const surroundings = await lookAround(context.runner, request.kept);
  stopAt(refusals({ path, alsoFixed }, surroundings));
  mustBeAskable(path, isAgreed, request.terminal);
  const device = find(path, surroundings.devices);
  if (device === undefined) throw new Error(`${path} was found and is not there`);
  await access(path, constants.W_OK).catch((error: NodeJS.ErrnoException) => {
    throw openTrouble(error, path, request.sudo);
  });
  await withImage(request, context, async (image) => {
    stopAt(misfits(device, image));
    // It is the same disk until the end, whatever is plugged in and out while a person thinks.
    const medium = await openMedium(path, context.runner, request.sudo);
    try {
      for (const line of diskInWords(await lookInside(device, context.runner))) context.say(line);
      await agree(path, { isAgreed, terminal: request.terminal, signal: context.signal });
      await writeAndTell(image, device, medium, context);
    } finally {
      await medium.close();
    }
  });
  context.print(`${path} holds ${request.image}, and gave it back when it was read again`);
}

type CheckedImage = OpenImage & { readonly sha256: string };

/** Opens and checks the image; of a qcow2 its raw copy, too. */
async function withImage(
  { image: file, toolsRoot }: Pick<WriteRequest, 'image' | 'toolsRoot'>,
  context: Context,
  work: (image: CheckedImage) => Promise<void>,
): Promise<void> {
  const image = await openImage(file);
  try {
    const sha256 = await checkFirst(image, context);
    if (image.format !== 'qcow2') return await work({ ...image, sha256 });
    await withRawCopy(file, toolsRoot, context, (raw) => withImage({ image: raw, toolsRoot }, context, work));
  } finally {
    await image.handle.close();
  }
}

function namesAgain(option: string, named: string | undefined, disk: string, path: string): boolean {
  if (named === undefined) return false;
  if (named === disk || diskPath(named) === path) return true;
  throw new UsageError({
    code: 'another-disk',
    severity: 'error',
    message: `${option} ${named} is another disk than ${disk}`,
    hint: `It names the same disk a second time: ${option} ${disk}`,
  });
}

function stopAt(findings: readonly Diagnostic[]): void {
  if (findings.length > 0) throw new ReportedError(findings);
}

async function checkFirst(image: OpenImage, { signal }: Context): Promise<string> {
  let sum = '';
  const promised = promisedChecksum(image.file);
  const title = promised === undefined ? 'Reading the image' : 'Comparing the image with its SHA256SUMS';
  await taskList([
    {
      title,
      task: async (_, task) => {
        const show = shownOf(image.bytes, (words) => {
          task.output = words;
        });
        sum = await checkedImage(image, promised, { onProgress: show, signal });
      },
    },
  ]).run();
  return sum;
}

async function writeAndTell(
  image: CheckedImage,
  device: BlockDevice,
  medium: Medium,
  { say, signal }: Context,
): Promise<void> {
  let hasBegun = false;
  const onBegun = () => {
    hasBegun = true;
  };
  const source = {
    bytes: image.bytes,
    sha256: image.sha256,
    read: async (into: Buffer, position: number) => (await image.handle.read(into, 0, into.length, position)).bytesRead,
  };
  const write = (following: Pick<Following, 'onWritten' | 'onReadBack'>) =>
    writeImage(source, medium, device.bytes, { ...following, signal, onBegun });
  try {
    await taskList([
      {
        title: `Writing to ${device.path} and reading it back`,
        task: async (_, task) => {
          const show = (what: string) => {
            let done = 0;
            const shown = shownOf(image.bytes, (words) => {
              task.output = `${what} ${words}`;
            });
            return (more: number) => {
              done += more;
              shown(done);
            };
          };
          await write({ onWritten: show('written'), onReadBack: show('read back') });
        },
      },
    ]).run();
  } catch (error) {
    if (hasBegun)
      say(`${device.path} is incomplete: what was on it is lost, and nothing starts from it. Write it again.`);
    throw error;
  }
}

/** How far it is: all the time on a terminal, at each tenth elsewhere, where every line stays. */
function shownOf(total: number, show: (words: string) => void): (bytes: number) => void {
  let told = -1;
  return (bytes) => {
    const tenths = Math.floor((10 * bytes) / total);
    if (!isLive() && tenths === told) return;
    told = tenths;
    show(`${sizeInWords(bytes)} of ${sizeInWords(total)}`);
  };
}
