import { EnvironmentError, type ReportedError } from '../diagnostic/index.ts';
import {
  configurationFor,
  findLeftovers,
  judgeRunners,
  readMachineFacts,
  workRoot,
} from '../engines/livemedia/index.ts';
import { checkNamespaces, checkPrograms } from '../host/index.ts';
import { privilegeOf } from '../process/index.ts';
import { cleanLeftovers } from './clean-leftovers.ts';
import type { Context } from './context.ts';

/** The release whose builder is looked for; the newest that the bases ship. */
const release = '44';

/** Tells what this machine can build with, and what killed builds left; with `clean`, removes that. */
export async function doctor(options: { readonly clean?: boolean }, context: Context): Promise<void> {
  context.print(`direct engine: ${await directEngine(context)}`);
  const facts = readMachineFacts(workRoot(context.places.cache), [configurationFor(release)]);
  for (const { runner, reasons } of judgeRunners({ output: 'iso', release }, facts)) {
    context.print(`livemedia engine, runner ${runner.id}: ${reasons.join('; ') || 'can work'}`);
  }
  const leftovers = findLeftovers(context.places.cache);
  if (leftovers.length === 0) return context.print('left by killed builds: nothing');
  if (options.clean !== true) {
    const found = leftovers.map(({ directory }) => `  ${directory}`);
    return context.print(['left by killed builds (`phyllome doctor --clean` removes it):', ...found].join('\n'));
  }
  for (const directory of await cleanLeftovers(context, leftovers)) context.print(`removed ${directory}`);
}

async function directEngine(context: Context): Promise<string> {
  const privilege = privilegeOf();
  try {
    checkPrograms({ root: privilege === 'root', makesToolsTree: true });
    await checkNamespaces(context.runner, privilege);
    return 'can work';
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return (error satisfies ReportedError).message;
  }
}
