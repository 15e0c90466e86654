import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { loadTopology, topologyNames } from '../lab/index.ts';
import { checkoutDirectory } from '../places/index.ts';
import { allScenarios } from '../scenarios/index.ts';
import { withGeneratedPart } from './generated-part.ts';
import { code, section, table } from './markdown.ts';

const file = 'scripts/lab/README.md';

/** The page of the lab's topologies and scenarios, as it should be, by its path in the checkout. */
export function labPage(checkout: string): ReadonlyMap<string, string> {
  const scenarios = allScenarios.map(({ id, title, proves, topologies, slow, needs }) => [
    code(id),
    `${title}${slow ? ' (slow)' : ''}`,
    proves,
    code(...topologies),
    code(...(needs?.components ?? [])),
  ]);
  const directories = [checkoutDirectory(checkout)];
  const topologies = topologyNames(directories).map((name) => [code(name), loadTopology(name, directories).summary]);
  const generated = [
    section('Scenarios', table(['Scenario', 'What happens', 'What a pass proves', 'On', 'Needs'], scenarios)),
    section('Topologies', table(['Topology', 'The machine'], topologies)),
  ].join('\n\n');
  const page = path.join(checkout, file);
  const before = existsSync(page) ? readFileSync(page, 'utf8') : undefined;
  return new Map([[file, withGeneratedPart(before, '# The lab', generated, 'scenarios and topologies')]]);
}
