import { flag, inWords, list, option, text, type Value } from '../../command-line/index.ts';
import { UsageError } from '../../diagnostic/index.ts';
import { type OutputId, outputIds } from '../../outputs/index.ts';

/** Options that several engines use. */

/** What outputs were called before 0.3, by whichever engine. */
const oldNames: Readonly<Record<string, OutputId>> = { iso: 'live-iso', raw: 'disk-raw', qcow2: 'disk-qcow2' };

const outputWord: Value<OutputId> = {
  name: 'output',
  completion: outputIds,
  read: (given, as) => {
    const found = outputIds.find((one) => one === given);
    if (found !== undefined) return found;
    const message = `${as} ${given}: must be ${outputIds.join(', ')}`;
    const now = oldNames[given];
    const hint = now !== undefined && { hint: `${given} is called ${now}: ${as} ${now}` };
    throw new UsageError({ code: 'unknown-value', severity: 'error', message, ...hint });
  },
};

/** Which of its outputs an engine makes. */
export const output = list(
  outputWord,
  `${inWords(outputIds)}; what the flavour says when absent, or what its kickstart is for`,
);

export const offline = flag('use what is cached only');

/** What names and proves Fedora's installation medium. */
export const medium = {
  iso: option(text('file', 'files'), 'Fedora-Everything-netinst-….iso; one that was verified before when absent'),
  checksum: option(text('file', 'files'), 'its signed CHECKSUM file; one beside it when absent'),
  sha256: option(text('sum'), 'what its checksum must be, instead'),
  key: option(text('file', 'files'), 'the key that signed the CHECKSUM file; Fedora’s own when absent'),
};
