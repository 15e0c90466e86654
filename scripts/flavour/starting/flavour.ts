import type { Diagnostic } from '../../diagnostic/index.ts';
import type { SourceDirectory } from '../../places/index.ts';
import { Findings } from '../findings.ts';
import { flavourLayers } from '../inheritance.ts';
import { Library } from '../library.ts';
import { checkNewName } from './new-name.ts';

export interface StartingFlavour {
  readonly name: string;
  /** The flavour that the new one extends. */
  readonly from: string;
  readonly directories: readonly SourceDirectory[];
  /** The flavour schema's path, for editors. */
  readonly schema: string;
}

/** The text of a new flavour: it builds as it is, and its comments show what can be said. */
export function startingFlavour({ name, from, directories, schema }: StartingFlavour): {
  readonly text?: string;
  readonly diagnostics: readonly Diagnostic[];
} {
  const findings = new Findings();
  const library = new Library(directories);
  checkNewName('flavour', name, library, findings);
  const extended = flavourLayers(library, from, findings).at(-1);
  if (!extended || findings.hasErrors) return { diagnostics: findings.all };
  const others = library.names('component').join(', ');
  const computers = library.names('hardware').join(', ');
  return {
    diagnostics: [],
    text: `# yaml-language-server: $schema=${schema}
flavour: ${name}
summary: ${from}, with my own changes
extends: ${from}

# Components to add, and to leave out. There are:
# ${wrapped(others)}
#components:
#  add: []
#  remove: []

# The computer that it is for: firmware, kernel arguments and what guests get of it. There are:
# ${wrapped(computers)}
#hardware: ${library.names('hardware')[0]}

# Packages by their logical names, which the base translates, or by its own (\`exact:\`), and what they are for.
#packages:
#  add:
#    - name: ip-tools
#      reason: I look at routes
#    - exact: htop   # as the base itself calls it
#  remove: []

# What a component can be asked to do differently; \`phyllome show ${name}\` lists what there is.
#options:
#  network:
#    address: 192.0.2.10/24
#    card: enp1s0
#    gateway: 192.0.2.1
#    nameServers: [192.0.2.1]

# A folder of files beside \`flavours/\`, laid over the root tree after everything else.
#overlays: [my-files]

# What differs from ${from} in a value that it sets itself is said below \`override:\`.
#system:
#  hostname: ${name}
#  timezone: Europe/Berlin

# Nobody can log in to an image until you add somebody. Without a password hash, by SSH key only.
#users:
#  - name: ada
#    groups: [libvirt, administrators]
#sshKeys:
#  - user: ada
#    keyFile: ~/.ssh/id_ed25519.pub   # or key: with the line that is in such a file
`,
  };
}

/** The names as lines of a comment. */
function wrapped(names: string): string {
  return names.replaceAll(/(.{60,90}?, )/g, '$1\n# ').replaceAll(/ +$/gm, '');
}
