import { model, parse } from 'kickstart-parser';
import type { Context } from '../context/index.ts';
import { Interrupted, ReportedError } from '../diagnostic/index.ts';
import { kickstartVersion, type Prepared } from '../prepare/index.ts';
import { askedOf, namesInAll, repositoriesOf, unknownNames } from './names-in-repositories.ts';

/**
 * Asks the repositories that an installer will take packages from, before it starts, whether they have what the flavour names: hours
 * may lie before Anaconda finds out. What they answer is kept, so that they are fetched once for each state that they come into.
 * Where they cannot be asked, that is told and nothing fails: the installer may see mirrors that this computer does not.
 * @throws ReportedError with each name that none of them has, at the line that asks for it
 */
export async function askRepositories(
  { flavour, rendered, kickstartFile }: Prepared,
  context: Pick<Context, 'runner' | 'signal' | 'places' | 'say' | 'warn'>,
): Promise<void> {
  const { base } = flavour;
  const kickstart = model(parse(rendered.kickstart, { file: kickstartFile }), kickstartVersion(base));
  const { repositories, unread } = repositoriesOf(flavour, kickstart);
  if (unread.length > 0) {
    const which = unread.map((name) => `\`${name}\``).join(', ');
    context.say(
      `Repositories were not asked for names: ${which} is given by a metalink, which only the installer reads.`,
    );
    return;
  }
  context.say(`Asking the repositories of ${base.name} for packages, units and groups.`);
  const known = await namesInAll(repositories, context).catch((error: unknown) => {
    if (context.signal.aborted) throw new Interrupted();
    if (!(error instanceof ReportedError)) throw error;
    context.warn(error.diagnostics.map((one) => ({ ...one, severity: 'warning' })));
    return undefined;
  });
  const unknown = known === undefined ? [] : unknownNames(askedOf(flavour, kickstart), known, base.name);
  if (unknown.length > 0) throw new ReportedError(unknown);
}
