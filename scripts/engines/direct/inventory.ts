import { type CachedStage, outputOf, type Step } from '../../plan/index.ts';
import { inNamespaces, inToolsTree, type Privilege } from '../../process/index.ts';
import { emptiedDirectories } from './emptied-directories.ts';
import type { PackageDatabase } from './family/package-family.ts';
import { mergedRoot, withFinishedRoot } from './layers.ts';
import { madeAtFile } from './made-at.ts';

/**
 * Shell lines for within the finished tree that note in `directory` what the dossier tells of it. Hashes of passwords stay
 * where they are: it is only told whether there is one.
 */
export function dossierFacts(directory: string): readonly string[] {
  // In an image root these are mounted over: what is seen of them there is not the image's.
  const others = emptiedDirectories.map((name) => (name.includes('/') ? `-path '/${name}/*'` : `-path /${name}`));
  return [
    `find / -xdev \\( ${others.join(' -o ')} \\) -prune -o -printf '%p\\0%y\\0%m\\0%U:%G\\0%s\\0%l\\0' > ${directory}/tree`,
    `cp /etc/passwd /etc/group ${directory}/`,
    `awk -F: '{ print $1 "\\t" ($2 == "" ? "no password" : $2 ~ /^[!*]/ ? "locked" : "password") }' /etc/shadow > ${directory}/passwords`,
    // What it holds besides the days on which passwords were set: a build on another day is none.
    `awk -F: -v OFS=: '{ $3 = ""; print }' /etc/shadow | sha256sum | cut -c -64 > ${directory}/undated-shadow`,
    `/usr/lib/systemd/systemd-sysctl --cat-config --no-pager > ${directory}/sysctls`,
    // By the unit files alone: nothing runs. Templates have no score; links are other units' names.
    `cd /usr/lib/systemd/system; find . /etc/systemd/system -maxdepth 1 -type f -size +0 -name '*.service' ! -name '*@.service' -printf '%f\\n' | LC_ALL=C sort -u | xargs -r systemd-analyze security --offline=true --no-pager --threshold=100 2> /dev/null | sed -n 's/^.*Overall exposure level for \\([^:]*\\): \\([0-9.]*\\) .*/\\1 \\2/p' > ${directory}/exposures; cd /`,
  ];
}

/** File capabilities, which a minimal image has no program to list. */
export function capabilitiesStep(privilege: Privilege): Step {
  const facts = `${outputOf('configure')}/facts`;
  const root = mergedRoot('configure');
  return {
    id: 'capabilities',
    title: 'Noting file capabilities',
    argv: withFinishedRoot(
      privilege,
      'configure',
      inToolsTree(
        `${outputOf('tools')}/root`,
        ['sh', '-euc', 'cd "$0"; getcap -r . > "$1/capabilities"', root, facts],
        { write: [facts], read: [root] },
      ),
    ),
    needs: ['namespaces'],
  };
}

/**
 * What follows from the packages alone, so that it is read once for them: the hash of each file, whose it is, and the
 * licences that the packages name.
 */
export function packageFilesStage(privilege: Privilege, database: PackageDatabase): CachedStage {
  const stage = outputOf('package-files');
  const root = `${outputOf('root-tree')}/root`;
  return {
    id: 'package-files',
    title: 'Files of packages',
    key: { values: [], stages: ['root-tree'], files: [] },
    reuse: { kind: 'always' },
    estimatedBytes: 20e6,
    steps: [
      {
        id: 'package-files',
        title: 'Noting files, owners and licences',
        argv: inNamespaces(
          privilege,
          inToolsTree(database.tools, ['sh', '-euc', packageFiles(database.files), root, stage, madeAtFile], {
            write: [stage],
            read: [root, madeAtFile],
          }),
        ),
        needs: ['namespaces'],
      },
    ],
  };
}

/** $0: the tree; $1: where to write; $2: its time. `files`: of the package database. */
const packageFiles = (files: string): string =>
  [
    'cd "$0"',
    `find . -xdev -type f -print0 | xargs -0 -r -n 200 -P "$(nproc)" sh -c 'exec sha256sum -z "$@" > "$0/sums.$$"' "$1"`,
    'cat "$1"/sums.* > "$1/sums"; rm "$1"/sums.*',
    files,
    'cp "$2" "$1/newest"',
  ].join('\n');
