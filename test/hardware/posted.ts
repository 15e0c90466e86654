import type { Dump } from '../../scripts/hardware/dump.ts';
import { readDump } from '../../scripts/hardware/index.ts';

/** What somebody posted, read; a test fails with the reasons where it is nothing that can be read. */
export function readPosted(content: string | Uint8Array): Dump {
  const { dump, diagnostics } = readDump('posted', content);
  if (!dump) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return dump;
}
