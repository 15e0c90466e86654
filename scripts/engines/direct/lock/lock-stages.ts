import type { LockFile } from '../../../package-lock/index.ts';
import { type CachedStage, cacheDirectory, outputOf, writeInputTo } from '../../../plan/index.ts';
import { inNamespaces, inToolsTree, type Privilege } from '../../../process/index.ts';
import { aptGet, writeLock } from '../apt.ts';
import type { DirectBase } from '../base.ts';
import { installerPackages } from '../installer/packages.ts';
import { downloadStep } from '../packages-stages.ts';

const tools = `${outputOf('tools')}/root`;
const index = outputOf('index');
const status = '/tmp/status';
/** What makes the description of a package one of a package that is installed. */
const installed = 'Status: install ok installed';

/**
 * What a medium that installs has besides the system, as `installer-resolve` of a build finds it: over the system that `resolve`
 * has found, which is not installed anywhere yet.
 */
export function installerListStage(base: DirectBase, privilege: Privilege): CachedStage {
  const resolved = outputOf('resolve');
  const stage = outputOf('installer-list');
  const install = ['install', '--print-uris', '-qq', '--yes', '--no-remove', '-oAPT::Install-Recommends=false'];
  const [, ...options] = aptGet(base, index, '/var/empty', []);
  const script = [
    `sed -E 's/^([^_]+)_([^_]+)_.*/\\1=\\2/; s/%3a/:/g' "${resolved}/lock" | xargs "$@" > /tmp/all`,
    `sed 's/^Package: .*/&\\n${installed}/' /tmp/all > ${status}`,
    `set -- ${words(aptGet(base, index, '/var/empty', [...install, ...installerPackages], status))}`,
    writeLock,
  ].join('\n');
  const show = ['apt-cache', ...options, 'show', '--no-all-versions'];
  return {
    id: 'installer-list',
    title: "Resolving the installer's packages",
    key: { values: [], stages: [], files: [`${index}/state`, `${resolved}/lock`] },
    reuse: { kind: 'always' },
    estimatedBytes: 1e6,
    steps: [
      {
        id: 'resolve',
        title: 'Resolving what the system lacks',
        argv: inNamespaces(
          privilege,
          inToolsTree(tools, ['sh', '-euc', script, stage, ...show], { write: [stage], read: [index, resolved] }),
        ),
        needs: ['namespaces'],
      },
    ],
  };
}

/** For a shell: none of these words has a quote in it. */
const words = (argv: readonly string[]) => argv.map((word) => `'${word}'`).join(' ');

/** What is to move, of a system that otherwise stays as it is locked. */
export interface Move {
  readonly before: LockFile;
  /** Names in apt's words, `name-` for what must go. */
  readonly words: readonly string[];
  /** What the flavour asks for by name: nothing of it goes because nobody needs it any more. */
  readonly asked: readonly string[];
}

/**
 * Leaves what apt would fetch, and `removed`, the names of what it would remove, if the locked packages were installed and it was
 * told to install some of them anew. `locked`: id of the stage with the list of the locked ones.
 */
export function moveStage(
  locked: string,
  move: Move,
  weakDependencies: boolean,
  base: DirectBase,
  privilege: Privilege,
): CachedStage {
  const archives = `${cacheDirectory}/packages`;
  const list = outputOf(locked);
  const stage = outputOf('move');
  const install = ['install', '--yes', '--auto-remove', '--allow-change-held-packages'];
  const own = [`-oAPT::Install-Recommends=${weakDependencies}`, `-oDir::State::extended_states=${stage}/automatic`];
  const apt = aptGet(base, index, '/var/empty', [...own, ...install, ...move.words], status);
  const automatic = move.before.packages.filter(({ name }) => !move.asked.includes(name));
  const script = [
    // The descriptions are in the packages: the indexes may have others by now.
    `while read -r file rest; do echo '${installed}'; dpkg-deb --field "${archives}/$file"; echo; done < "${list}/lock" > ${status}`,
    '"$@" --print-uris -qq > /tmp/uris',
    'sed "s/^\'[^\']*\' //" /tmp/uris > "$0/lock"',
    'LC_ALL=C "$@" --simulate -qq | sed -n "s/^Remv \\([^ ]*\\).*/\\1/p" > "$0/removed"',
  ].join('\n');
  return {
    id: 'move',
    title: 'Resolving what moves',
    key: { values: [], stages: [], files: [`${index}/state`, `${list}/lock`] },
    reuse: { kind: 'always' },
    estimatedBytes: 200e6,
    steps: [
      {
        id: 'automatic',
        title: 'Listing what nobody asks for by name',
        argv: writeInputTo(`${stage}/automatic`),
        stdin: automatic
          .map(({ name }) => `Package: ${name}\nArchitecture: ${base.architecture}\nAuto-Installed: 1\n\n`)
          .join(''),
        needs: [],
      },
      downloadStep('Fetching locked packages', list, privilege),
      {
        id: 'resolve',
        title: 'Resolving what moves',
        argv: inNamespaces(
          privilege,
          inToolsTree(tools, ['sh', '-euc', script, stage, ...apt], { write: [stage], read: [archives, index, list] }),
        ),
        needs: ['namespaces'],
      },
    ],
  };
}
