import path from 'node:path';
import { optionalOperand, text, type Values } from '../command-line/index.ts';
import type { Context } from '../context/index.ts';
import { makeDirectory, writeWhole } from '../files/index.ts';

export const name = 'hardware probe';
export const help = {
  summary: 'describe this computer as text, without serial numbers',
  more: '`sh scripts/hardware/probe.sh` does so on any Linux without this program',
};
export const flags = {
  file: optionalOperand(text('file', 'files'), 'the file to write; standard output when absent'),
};
export const startsPrograms = true;

/** Describes this computer: into a file, or on standard output. */
export async function run({ file }: Values<typeof flags>, context: Context): Promise<void> {
  const text = await probe(context);
  if (file === undefined) return context.print(text.trimEnd());
  makeDirectory(path.dirname(path.resolve(file)));
  writeWhole(file, text);
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
