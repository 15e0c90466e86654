import { statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readBounded } from 'kickstart-parser';
import { flag, option, optionalOperand, text, type Values } from '../command-line/index.ts';
import type { Context } from '../context/index.ts';
import { ReportedError, UsageError } from '../diagnostic/index.ts';
import { makeDirectory } from '../files/index.ts';
import { readHardware } from '../flavour/index.ts';
import {
  type Dump,
  judge,
  profileFor,
  profileInWords,
  readDump,
  startingProfile,
  unexpectedGroups,
  type Verdict,
  verdictInWords,
} from '../hardware/index.ts';
import { directoriesOf } from '../prepare/index.ts';
import { probe } from './hardware-probe.ts';

export const name = 'hardware check';
export const help = {
  summary: 'tell what guests can get, what not and why, and what to change in the firmware set-up',
  more: '`--write NAME` makes a hardware profile of it',
};
export const flags = {
  dump: optionalOperand(
    text('dump', 'files'),
    'a description or a listing of devices, `-` for standard input, or a hardware profile; this computer when absent',
  ),
  write: option(text('name'), 'write a hardware profile of the computer into the directory of --dir'),
  json: flag('for programs'),
};
export const startsPrograms = true;

type CheckOptions = Values<typeof flags>;

/**
 * Judges a computer by its description, or prints what a profile says. Exit code 1 where it is known not to run guests as it is.
 * @throws ReportedError when the file cannot be read as a description, or there is no such profile
 */
export async function run(options: CheckOptions, context: Context): Promise<void> {
  const { dump: asked } = options;
  if (asked !== undefined && !isDescription(asked)) return checkProfile(asked, options, context);
  const file = asked === '-' ? 'standard input' : (asked ?? 'this computer');
  const content = asked === undefined ? await probe(context) : readBounded(asked === '-' ? 0 : asked);
  const { dump, diagnostics } = readDump(file, content);
  if (!dump) throw new ReportedError(diagnostics);
  const verdict = judge(dump);
  if (options.json === true) context.print(JSON.stringify(verdict, null, 2));
  else context.print(verdictInWords(verdict).trimEnd());
  sayWhatIsKnown(dump, context);
  if (options.write !== undefined) writeProfile(options.write, dump, verdict, context);
  if (verdict.host.processor !== 'ready' && verdict.host.processor !== 'unknown') process.exitCode = 1;
}

/**
 * Whether it is read as a description: a file, or what a shell puts in the place of one (`<(lspci -nn)`, /dev/stdin). A profile
 * is called by its name, and its file is told so.
 * @throws ReportedError for the path of what is not there, or is a directory
 */
function isDescription(asked: string): boolean {
  if (asked === '-') return true;
  if (/\.ya?ml$/.test(asked)) return false;
  const found = statSync(asked, { throwIfNoEntry: false });
  if (found?.isDirectory() === false) return true;
  if (!/[/.]/.test(asked)) return false;
  const message = found ? `${asked}: this is a directory` : `${asked}: there is no such file`;
  const hint = 'a description or a listing of devices is read from its file, a hardware profile is called by its name';
  throw new ReportedError({ code: found ? 'unreadable-file' : 'missing-file', severity: 'error', message, hint });
}

function checkProfile(name: string, options: CheckOptions, context: Context): void {
  const { data, diagnostics } = readHardware(name, directoriesOf(context.places));
  if (!data) throw new ReportedError(diagnostics);
  if (options.write !== undefined) throw usage('--write goes with a description: this is a profile already');
  context.print(options.json === true ? JSON.stringify(data, null, 2) : profileInWords(data).trimEnd());
}

function sayWhatIsKnown(dump: Dump, context: Context): void {
  const profile = profileFor(dump, directoriesOf(context.places));
  if (!profile) return;
  context.say(`there is a profile of this computer: phyllome hardware check ${profile.hardware}`);
  for (const line of unexpectedGroups(profile, dump)) context.say(`attention: ${line}`);
}

function writeProfile(name: string, dump: Dump, verdict: Verdict, context: Context): void {
  const [directory] = context.places.user;
  if (directory === undefined)
    throw usage(`say where the profile is to lie: --dir my-phyllome hardware check … --write ${name}`);
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name)) {
    throw usage(`\`${name}\` cannot be a profile's name: lower-case letters, digits and single \`-\``);
  }
  if (dump.unknown.length > 0) {
    throw usage('a listing tells too little for a profile: `phyllome hardware probe` on the computer tells all');
  }
  const schema = path.join(context.places.checkout, 'kickstarts/schema/hardware.schema.json');
  const file = path.join(directory, 'hardware', `${name}.yaml`);
  makeDirectory(path.dirname(file));
  try {
    // `wx`: somebody's own file is never overwritten.
    writeFileSync(file, startingProfile(name, dump, verdict, schema), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw usage(`${file} is there already`);
  }
  context.say(`written: ${file}`);
}

function usage(message: string): UsageError {
  return new UsageError({ code: 'usage', severity: 'error', message, hint: 'phyllome hardware check --help' });
}
