import { flag, option, text } from '../../command-line/index.ts';

/** Options that several engines use. */

export const offline = flag('use what is cached only');

/** What names and proves Fedora's installation medium. */
export const medium = {
  iso: option(text('file', 'files'), 'Fedora-Everything-netinst-….iso; one that was verified before when absent'),
  checksum: option(text('file', 'files'), 'its signed CHECKSUM file; one beside it when absent'),
  sha256: option(text('sum'), 'what its checksum must be, instead'),
  key: option(text('file', 'files'), 'the key that signed the CHECKSUM file; Fedora’s own when absent'),
};
