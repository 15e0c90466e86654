import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ReportedError } from '../../../diagnostic/index.ts';
import { type ImageSize, imageSize, isBuilt, type Posture, postureOf, readBuiltSide } from '../../../dossier/index.ts';
import type { ScreenLine } from '../../../lab/index.ts';
import type { TestRun } from '../../../test-run/index.ts';

/** What the page holds of the files in the run directory, so that it can be read anywhere. */
export interface RunFiles {
  readonly screens: readonly { readonly title: string; readonly atMs: number; readonly lines: readonly ScreenLine[] }[];
  readonly screenshots: readonly { readonly title: string; readonly atMs: number; readonly dataUrl: string }[];
  readonly console: LogText;
  readonly journal: LogText;
  /** What takes how much in the image; absent where its build did not note that, or it was not built here. */
  readonly size?: ImageSize;
  /** What weakens it, and why; absent like its size. */
  readonly posture?: Posture;
}

/** The end of a log, or all of it. */
export interface LogText {
  readonly text: string;
  readonly lines: number;
  /** Lines at the beginning that are left out. */
  readonly omitted: number;
}

/** A page that a phone can open. */
const mostLogBytes = 600_000;

/** Reads them; a file that is not there (the machine ended before it could be made) is left out. */
export async function readRunFiles(run: TestRun, runDir: string): Promise<RunFiles> {
  const { screens, screenshots } = run.evidence;
  const log = async (name: string) => logText((await readIfThere(path.join(runDir, name)))?.toString() ?? '');
  return {
    ...builtOf(run),
    screens: await collect(screens, async ({ title, atMs, file }) => {
      const json = await readIfThere(path.join(runDir, file.replace(/\.txt$/, '.json')));
      return json && { title, atMs, lines: JSON.parse(json.toString()) as ScreenLine[] };
    }),
    screenshots: await collect(screenshots, async ({ title, atMs, file }) => {
      const png = await readIfThere(path.join(runDir, file));
      return png && { title, atMs, dataUrl: `data:image/png;base64,${png.toString('base64')}` };
    }),
    console: await log(run.logs.console),
    journal: await log(run.logs.journal),
  };
}

/** What lies beside the image is of no matter to the verdict: where it is damaged, there is nothing of it. */
function builtOf({ flavour, image }: TestRun): Pick<RunFiles, 'size' | 'posture'> {
  const { file, sha256 } = image;
  // Of an image from elsewhere only the file is known, whatever somebody has put beside it.
  if (flavour === undefined) return {};
  try {
    if (!isBuilt(path.dirname(file)) || !isBuilt(file)) return {};
    const { dossier, ...side } = readBuiltSide(file);
    const isIt = side.manifest.outputs.some(({ files }) => files.some((one) => one.sha256 === sha256));
    if (!isIt || dossier === undefined) return {};
    return { size: imageSize({ ...side, dossier }), posture: postureOf(side.manifest, dossier) };
  } catch (error) {
    if (error instanceof ReportedError) return {};
    throw error;
  }
}

export function logText(whole: string): LogText {
  const all = whole.trimEnd().split('\n');
  const lines = whole.trim() === '' ? 0 : all.length;
  if (whole.length <= mostLogBytes) return { text: whole.trimEnd(), lines, omitted: 0 };
  const end = whole.trimEnd().slice(-mostLogBytes);
  const text = end.slice(end.indexOf('\n') + 1);
  return { text, lines, omitted: lines - text.split('\n').length };
}

async function collect<T, U>(items: readonly T[], read: (item: T) => Promise<U | undefined>): Promise<U[]> {
  return (await Promise.all(items.map(read))).filter((item) => item !== undefined);
}

function readIfThere(file: string): Promise<Buffer | undefined> {
  return readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}
