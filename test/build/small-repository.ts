import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { scratchDirectory } from '../commands/recording-context.ts';
import { BASE, sourceTree } from '../flavour/source-tree.ts';

export const PACK: Readonly<Record<string, readonly string[]>> = {
  '.gz': ['gzip', '-c'],
  '.zst': ['zstd', '-qc'],
  '.xz': ['xz', '-c'],
  '': ['cat'],
};

/** What packages of a repository bring besides their names. */
interface Brings {
  readonly groups?: readonly string[];
  readonly files?: readonly string[];
}

/** A repository as createrepo makes one, small. */
export function repository(names: readonly string[], suffix = '.gz', { groups = [], files }: Brings = {}): string {
  const root = scratchDirectory();
  mkdirSync(path.join(root, 'repodata'));
  const provides = groups.map((name) => `<rpm:entry name="group(${name})" flags="EQ" ver="ZyAtIC0A"/>`);
  const packages = names.map(
    (name) => `<package type="rpm">\n  <name>${name}</name>\n  <arch>x86_64</arch>\n${provides.join('\n')}\n</package>`,
  );
  const lists = [listed(root, 'primary', packages, suffix)];
  if (files) {
    const brought = files.map((file) => `<file>${file}</file>`);
    lists.push(listed(root, 'filelists', [`<package name="some">${brought.join('\n')}</package>`], suffix));
  }
  writeFileSync(
    path.join(root, 'repodata/repomd.xml'),
    `<repomd>\n<data type="other"></data>\n${lists.join('\n')}\n</repomd>\n`,
  );
  return root;
}

/** Writes a list; what repomd.xml says of it. */
function listed(root: string, kind: string, packages: readonly string[], suffix: string): string {
  const xml = `<?xml version="1.0"?>\n<metadata packages="${packages.length}">\n${packages.join('\n')}\n</metadata>\n`;
  const [program = 'cat', ...args] = PACK[suffix] ?? [];
  const { stdout, status } = spawnSync(program, args, { input: xml });
  if (status !== 0) throw new Error(`${program} does not work here`);
  writeFileSync(path.join(root, `repodata/${kind}.xml${suffix}`), stdout);
  const hash = createHash('sha256').update(stdout).digest('hex');
  return `<data type="${kind}">\n<checksum type="sha256">${hash}</checksum>\n<location href="repodata/${kind}.xml${suffix}"/>\n</data>`;
}

/** The flavour `small` of a user's directory, whose base takes packages from `address`. */
export function flavourWith(
  address: string,
  files: Readonly<Record<string, string>> = {
    'overlays/core/component.yaml': 'component: core\nsummary: the core\npackages: [shell, tools]\n',
  },
  more = '',
): string {
  const rpm = BASE.replace('family: deb', 'family: rpm').replace(
    /repositories:[\s\S]*?\ndefaults:/,
    `repositories:\n  - id: main\n    ${address}\ndefaults:`,
  );
  return sourceTree({
    'bases/test-1.yaml': rpm,
    'flavours/small.yaml': `flavour: small\nsummary: a flavour for tests\nbase: test-1\ncomponents: [core]\n${more}`,
    ...files,
  });
}

export const fileUrl = (root: string) => `baseurl: ${pathToFileURL(root)}`;

/** A flavour of units and of a user in groups, one unit brought by itself. */
export function flavourOfUnits(address: string): string {
  return flavourWith(
    address,
    {
      'overlays/core/rootfs/usr/lib/systemd/system/own.service':
        '[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target\n',
      'overlays/core/component.yaml': `component: core
summary: the core
packages: [shell, tools]
units:
  - {enable: own, reason: brought here}
  - {enable: {exact: daemon.socket}, reason: listens}
  - {enable: {exact: getty@tty2.service}, reason: a prompt}
  - {enable: {exact: sound.service}, user: true, reason: of a session}
  - {mask: {exact: gone.service}, reason: nobody wants it}
`,
    },
    'users: [{name: ada, groups: [wheel, libvirt]}]\n',
  );
}
export const allFiles = [
  '/usr/lib/systemd/system/daemon.socket',
  '/usr/lib/systemd/system/getty@.service',
  '/usr/lib/systemd/user/sound.service',
  '/usr/share/doc/other.service',
];
export const unitRepository = (brings: Brings) => fileUrl(repository(['bash', 'tool-a', 'tool-b'], '.gz', brings));

/** Components that add a command to the kickstart. */
export const added = (command: string) => ({
  'overlays/core/component.yaml': `component: core
summary: the core
packages: [shell, tools, {exact: extra}]
kickstart: [{command: '${command}', reason: for a test}]
`,
});
