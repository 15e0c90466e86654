import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Source, sourcesList } from '../../scripts/engines/direct/apt.ts';
import type { DirectBase } from '../../scripts/engines/direct/base.ts';
import { downloadStep } from '../../scripts/engines/direct/packages-stages.ts';
import { indexStage, resolveStage } from '../../scripts/engines/direct/resolve-stages.ts';
import { type CachedStage, cacheDirectory, outputOf, writeInputTo } from '../../scripts/plan/index.ts';
import { inNamespaces, inToolsTree, type Privilege } from '../../scripts/process/index.ts';
import { compsFile } from './comps.ts';
import { type OwnFiles, writeOwnFiles } from './own-files.ts';
import { policyTree } from './policy-stage.ts';
import { scriptletsOf } from './scriptlets.ts';
import { fileList, specFile } from './spec.ts';
import type { Translation } from './translate.ts';

/** What makes RPMs and repositories of them, and installs from them. */
const programs = [
  'rpm',
  'createrepo-c',
  'gpg',
  'gpg-agent',
  'dnf',
  'locales',
  'systemd',
  'kmod',
  'policycoreutils',
  'bzip2',
];

export const builder = `${outputOf('fixture-tools')}/root`;
const archives = `${cacheDirectory}/packages`;
export const resolved = outputOf('fixture-resolve');
const contents = outputOf('fixture-contents');

/** Debian's packages for the names, downloaded and verified, and what each of them has in it. */
export function debianStages(
  base: DirectBase,
  sources: readonly Source[],
  names: readonly string[],
  privilege: Privilege,
): CachedStage[] {
  return [
    indexStage('index', 'Package indexes', sourcesList(base, sources), base, privilege),
    resolveStage(
      { id: 'fixture-resolve', title: 'Resolving packages of the fixture', index: 'index', weakDependencies: false },
      ['?essential', ...names],
      base,
      privilege,
    ),
    builderStage(base, sources, privilege),
    contentsStage(privilege),
  ];
}

function builderStage(base: DirectBase, [main]: readonly Source[], privilege: Privilege): CachedStage {
  const [repository] = base.repositories;
  const source = `deb [signed-by=${repository?.keyring}] ${main?.url} ${repository?.suite} main`;
  return {
    id: 'fixture-tools',
    title: 'Tools tree of the fixture (rpmbuild, createrepo_c, gpg, dnf)',
    key: { values: [], stages: [], files: [] },
    reuse: { kind: 'always' },
    estimatedBytes: 400e6,
    steps: [
      {
        id: 'install',
        title: 'Installing tools',
        argv: inNamespaces(privilege, [
          'mmdebstrap',
          '--mode=root',
          '--variant=apt',
          '--architectures=amd64',
          '--aptopt=APT::Install-Recommends "false"',
          '--aptopt=Acquire::Languages "none"',
          ...['doc', 'man', 'locale', 'info'].map((directory) => `--dpkgopt=path-exclude=/usr/share/${directory}/*`),
          `--include=${programs.join(',')}`,
          repository?.suite ?? '',
          builder,
          source,
        ]),
        needs: ['network', 'namespaces'],
        progress: 'dpkg',
      },
    ],
  };
}

/** Three files for each package: its fields, its configuration files, and what tar lists. */
const describePackages = `while read -r file rest; do
  name=\${file%%_*}
  dpkg-deb --field "$1/$file" > "$0/$name.fields"
  dpkg-deb --ctrl-tarfile "$1/$file" | tar --extract --to-stdout ./conffiles > "$0/$name.conffiles" 2> /dev/null || :
  dpkg-deb --fsys-tarfile "$1/$file" | TZ=UTC tar --list --verbose --numeric-owner > "$0/$name.list"
done < "$2"`;

function contentsStage(privilege: Privilege): CachedStage {
  return {
    id: 'fixture-contents',
    title: 'Contents of packages of the fixture',
    key: { values: [], stages: [], files: [`${resolved}/lock`] },
    reuse: { kind: 'always' },
    estimatedBytes: 20e6,
    steps: [
      downloadStep('Downloading packages of the fixture', resolved, privilege),
      {
        id: 'describe',
        title: 'Listing files of packages',
        argv: inNamespaces(
          privilege,
          inToolsTree(builder, ['sh', '-euc', describePackages, contents, archives, `${resolved}/lock`], {
            write: [contents],
            read: [archives, resolved],
          }),
        ),
        needs: ['namespaces'],
      },
    ],
  };
}

const stage = outputOf('fixture-repository');
const work = `${stage}/work`;

/** In Debian's packages, before anything is moved. What nobody takes would only cost time. */
const unpack = `mkdir -p "$0"; cut -d" " -f1 "$2" | while read -r file; do
  dpkg-deb --fsys-tarfile "$1/$file" | tar --extract --directory "$0" --same-permissions --numeric-owner --exclude=./usr/share/doc/linux-image-*
done`;

/** Makes the lists of files, one after the other in the input: a line \`>NAME\`, then those of the package. */
const spread = `mkdir -p "$0"; awk -v directory="$0" '/^>/ { file = directory "/" substr($0, 2); next } { print > file }'`;

const build = `cd "$0"
rpmbuild --quiet -bb --define "_topdir $0/rpmbuild" --define "_rpmdir $0/rpms"  --define "tree $0/tree" --define "lists $0/lists" --define "_sourcedir $0" fixture.spec > rpmbuild.log`;

/**
 * The key is made here, signs this one repository, and its secret part is removed: nobody can sign anything else with it.
 * OpenPGP 4, RSA, as Fedora's are.
 */
const publish = `export GNUPGHOME=/tmp/gnupg; mkdir -m 700 "$GNUPGHOME"
gpg --batch --quiet --pinentry-mode loopback --passphrase "" --quick-generate-key "$2" rsa4096 sign never
gpg --batch --armor --export > "$0/RPM-GPG-KEY-fixture"
mv "$1"/rpms/*/*.rpm "$0/"
rpmsign --addsign --define "_gpg_name $2" --define "_gpg_path $GNUPGHOME" "$0"/*.rpm > /dev/null
createrepo_c --quiet --groupfile "$1/comps.xml" "$0"
gpg --batch --quiet --armor --detach-sign "$0/repodata/repomd.xml"
gpgconf --kill all
rm -rf "$1" "$GNUPGHOME"`;

/** The repository, of a translation of what \`debianStages\` fetched. Its key is all that it is made of. */
export function repositoryStage({ packages, moves }: Translation, own: OwnFiles, privilege: Privilege): CachedStage {
  const links = packages.flatMap((one) => one.links.map(([from, target]) => `${from}\t${target}\n`));
  const lists = packages.map((one) => `>${one.name}\n${fileList(one.files)}`).join('');
  const inside = (argv: readonly string[], read: readonly string[] = []) =>
    inNamespaces(privilege, inToolsTree(builder, argv, { write: [stage], read }));
  const write = (id: string, file: string, stdin: string) => ({
    id,
    title: `Writing ${file}`,
    argv: writeInputTo(`${work}/${file}`),
    stdin,
    needs: [],
  });
  return {
    id: 'fixture-repository',
    title: 'RPM repository of the fixture distribution',
    key: { values: [], stages: ['fixture-tools', 'fixture-policy'], files: [`${resolved}/lock`] },
    reuse: { kind: 'always' },
    estimatedBytes: 2.5e9,
    steps: [
      write('spec', 'fixture.spec', specFile(packages, scriptletsOf(packages))),
      write('comps', 'comps.xml', compsFile()),
      write('moves', 'moves', moves.map(({ from, to }) => `${from}\t${to}\n`).join('')),
      write('links', 'links', links.join('')),
      write('arrange', 'arrange.sh', readFileSync(path.join(import.meta.dirname, 'arrange.sh'), 'utf8')),
      {
        id: 'own',
        title: 'Writing files of the fixture',
        argv: ['sh', '-euc', 'mkdir -p "$0"; cd "$0"; umask 022; exec sh -eus', `${work}/own`],
        stdin: writeOwnFiles(own),
        needs: [],
      },
      {
        id: 'lists',
        title: 'Writing lists of files',
        argv: ['sh', '-euc', spread, `${work}/lists`],
        stdin: lists,
        needs: [],
      },
      {
        id: 'unpack',
        title: "Unpacking Debian's packages",
        argv: inside(['sh', '-euc', unpack, `${work}/tree`, archives, `${resolved}/lock`], [archives, resolved]),
        needs: ['namespaces'],
      },
      {
        id: 'arrange',
        title: "Putting files at Fedora's paths",
        argv: inside(
          [
            'sh',
            '-euc',
            'cd "$0/tree"; umask 022; exec sh "$0/arrange.sh" "$0/moves" "$0/own" "$0/links" "$1"',
            work,
            policyTree,
          ],
          [policyTree],
        ),
        needs: ['namespaces'],
      },
      {
        id: 'rpmbuild',
        title: 'Making packages',
        argv: inside(['sh', '-euc', build, work]),
        env: { SOURCE_DATE_EPOCH: '1764547200' },
        needs: ['namespaces'],
      },
      {
        id: 'publish',
        title: 'Signing the repository',
        argv: inside(['sh', '-euc', publish, stage, work, 'Phyllome test fixture']),
        needs: ['namespaces'],
      },
    ],
  };
}

/** What `debianStages` noted in the directory of the stage `fixture-contents`. */
export function readContents(
  directory: string,
): readonly (readonly [fields: string, conffiles: string, list: string])[] {
  const read = (name: string, kind: string) => readFileSync(path.join(directory, `${name}.${kind}`), 'utf8');
  const names = readdirSync(directory).flatMap((file) =>
    file.endsWith('.fields') ? [file.slice(0, -'.fields'.length)] : [],
  );
  return names.sort().map((name) => [read(name, 'fields'), read(name, 'conffiles'), read(name, 'list')] as const);
}
