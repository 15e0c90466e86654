import { Listr, type ListrTask } from 'listr2';

/** Whether somebody watches: then lines may be redrawn. Otherwise every line stays on record. */
export function isLive(stream: { readonly isTTY?: boolean } = process.stderr): boolean {
  return stream.isTTY === true && process.env.CI === undefined;
}

let hiding = 0;

/**
 * Shows nothing of tasks while this work goes on: standard output is for a program that reads it, or is another program's own.
 */
export async function hidingTasks<T>(work: () => Promise<T>): Promise<T> {
  hiding += 1;
  try {
    return await work();
  } finally {
    hiding -= 1;
  }
}

/** Tasks one after the other, shown as a list with live progress on a terminal, as plain lines elsewhere. The first error ends it. */
export function taskList(tasks: ListrTask[]): Listr {
  return new Listr(tasks, {
    concurrent: false,
    exitOnError: true,
    // Ctrl-C is ours: what runs is stopped, cleaned up and reported.
    registerSignalListeners: false,
    fallbackRenderer: hiding > 0 ? 'silent' : 'simple',
    fallbackRendererCondition: () => hiding > 0 || !isLive(),
    rendererOptions: { showErrorMessage: false, collapseErrors: false },
  });
}
