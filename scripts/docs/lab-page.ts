import { loadTopology, topologyNames } from '../lab/index.ts';
import { checkoutDirectory } from '../places/index.ts';
import { allScenarios } from '../scenarios/index.ts';
import { pageOf } from './generated-part.ts';
import { code, section, table } from './markdown.ts';

const page = { file: 'scripts/lab/README.md', head: '# The lab', source: 'scenarios and topologies' };

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
  return pageOf(checkout, page, generated);
}
