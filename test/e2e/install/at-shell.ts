import type { LabRun } from '../../../scripts/lab/index.ts';

/** What the installer said, and how it ended. */
export interface Said {
  readonly status: number;
  readonly text: string;
}

/** Starts the installer with an answer file on a medium that is running, and waits for its end. */
export async function installAtShell(run: LabRun, answers: readonly string[], timeoutSeconds = 60): Promise<Said> {
  await writeAnswers(run, 'shell', answers);
  const script = 'exec phyllome-install --answers /run/shell.ks 2>&1';
  const { status, stdout } = await run.guest.run(script, { allowFailure: true, timeoutSeconds });
  return { status, text: stdout };
}

async function writeAnswers({ guest }: LabRun, name: string, answers: readonly string[]): Promise<void> {
  const text = Buffer.from(`${answers.join('\n')}\n`).toString('base64');
  await guest.run(`echo ${text} | base64 -d > /run/${name}.ks`);
}

/**
 * The same at the console's shell, as a person would. `meanwhile` is called when it has copied a part of the system. Nothing is
 * asked of the guest's programs after that: they may not be there any more.
 */
export async function installOnConsole(
  run: LabRun,
  name: string,
  answers: readonly string[],
  { timeScale, meanwhile }: { readonly timeScale: number; readonly meanwhile?: () => Promise<unknown> },
): Promise<Said> {
  await writeAnswers(run, name, answers);
  await run.guest.run('rm -f /run/phyllome-installer/log');
  const before = run.consoleLines.length;
  run.screen.type(
    `clear; echo $((6 * 7))-${name}; phyllome-install --answers /run/${name}.ks; echo "${name}-ended-$?"\r`,
  );
  // What an earlier attempt has left on the screen is gone.
  await run.screen.waitFor(new RegExp(`^42-${name}$`, 'm'), 60_000 * timeScale);
  if (meanwhile !== undefined) {
    await run.screen.waitFor(/^ +[1-8]\d % {2}\(/m, 300_000 * timeScale);
    await meanwhile();
  }
  const ended = new RegExp(`^${name}-ended-(\\d+)$`, 'm');
  const screen = await run.screen.waitFor(ended, 300_000 * timeScale);
  return { status: Number(ended.exec(screen)?.[1]), text: run.consoleLines.slice(before).join('\n') };
}

/** Types at the console's shell, and waits for what must come of it. */
export async function typeAtShell(run: LabRun, command: string, expected: RegExp, timeoutMs: number): Promise<void> {
  run.screen.type(`${command}\r`);
  await run.screen.waitFor(expected, timeoutMs);
}
