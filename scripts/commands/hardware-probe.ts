import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Context } from './context.ts';

/** Describes this computer: into a file, or on standard output. */
export async function hardwareProbe(file: string | undefined, context: Context): Promise<void> {
  const text = await probe(context);
  if (file === undefined) return context.print(text.trimEnd());
  writeFileSync(file, text);
  context.say(`written to ${file}; it is plain text: read it before you give it away`);
}

/** What the probe says about this computer. It runs with the rights of whoever asks. */
export async function probe({
  places,
  runner,
  signal,
}: Pick<Context, 'places' | 'runner' | 'signal'>): Promise<string> {
  const { stdout } = await runner.run(
    { argv: ['sh', path.join(places.checkout, 'scripts/hardware/probe.sh')] },
    { signal },
  );
  return stdout;
}
