import type { Diagnostic } from '../../diagnostic/index.ts';
import type { SourceDirectory } from '../../places/index.ts';
import { Findings } from '../findings.ts';
import { Library } from '../library.ts';
import { checkNewName } from './new-name.ts';

export interface StartingComponent {
  readonly name: string;
  readonly directories: readonly SourceDirectory[];
  /** The component schema's path, for editors. */
  readonly schema: string;
}

/** The text of a new component.yaml: a flavour can have it as it is, and its comments show what can be said. */
export function startingComponent({ name, directories, schema }: StartingComponent): {
  readonly text?: string;
  readonly diagnostics: readonly Diagnostic[];
} {
  const findings = new Findings();
  checkNewName('component', name, new Library(directories), findings);
  if (findings.hasErrors) return { diagnostics: findings.all };
  return {
    diagnostics: [],
    text: `# yaml-language-server: $schema=${schema}
component: ${name}
summary: what the system can do with it, in a few words
doc: |
  Why it is made so: what was weighed, measured or read, and where. The component's page begins with this.

# Components that come along, before this one.
#requires: [network]

# What a flavour can ask it to do differently: \`options: {${name}: {quiet: true}}\`. \`when:\` below and files that end in
# .hbs (Handlebars) read it.
#options:
#  quiet:
#    doc: It says nothing.
#    type: boolean
#    default: false

# Packages by their logical names, which the base translates, or by the distribution's own.
#packages:
#  - name: ip-tools
#    reason: it asks for routes
#  - exact: htop   # as the distribution itself calls it

# The systemd preset: what starts, what does not, and why. Units by their logical names, by the distribution's own
# (\`enable: {exact: cron.service}\`), or by the name of a file in rootfs/usr/lib/systemd/system/.
#units:
#  - enable: ssh-listener
#    reason: it is reached by SSH
#    when: {quiet: false}

#kernelArguments:
#  - argument: quiet
#    reason: nobody reads the screen
#    when: {quiet: true}

# Files lie in rootfs/ beside this file, at the path that they have in the system: root's, mode 0644, or 0755 where they are
# executable. Only what differs is said here.
#files:
#  - path: /etc/${name}.conf
#    mode: "0600"

# What no file can say: scripts beside this file, run in the system once all files are in place.
#post:
#  - source: prepare.sh
#    reason: the package's own file has one line that must differ

# Questions that \`phyllome test\` asks of an image with it: \`phyllome checks\` lists them, \`phyllome new --check\` begins one.
#checks: [no-failed-units]
`,
  };
}
