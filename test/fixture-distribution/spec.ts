import type { Scriptlet } from './scriptlets.ts';
import type { FixturePackage, PackageFile } from './translate.ts';

/** What every package says that it is. */
const distribution = 'Phyllome test fixture: Debian 13 packages by Fedora names';

/** Behind each version, so that no list of packages looks like one of Fedora's. */
const release = '1.fc44.fixture';

/**
 * The spec file of the whole distribution: a subpackage for each RPM. It takes the files from a tree that the macro `tree` names,
 * and the lists of files from the directory that the macro `lists` names.
 */
export function specFile(packages: readonly FixturePackage[], scriptlets: readonly Scriptlet[]): string {
  return [
    head,
    ...packages.flatMap((one) =>
      section(
        one,
        scriptlets.filter(({ name }) => name === one.name),
      ),
    ),
    '',
  ].join('\n');
}

const head = `%global debug_package %{nil}
%global __os_install_post %{nil}
%global _build_id_links none
%global _binary_payload w3.zstdio
%global _unpackaged_files_terminate_build 0
%global use_source_date_epoch_as_buildtime 1
%global _buildhost fixture
%global __requires_exclude ^(/usr)?/bin/(perl|dash|debconf|python3\\\\.|lua)|^/usr/sbin/|^/sbin/|^/lib/|^perl|^debconf|^/usr/share/debconf
%global __provides_exclude ^perl

Name: fixture-distribution
Version: 44
Release: ${release}
Summary: ${distribution}
License: see each package
Vendor: ${distribution}
Packager: ${distribution}
URL: https://phyllo.me/

%description
${distribution}.

%install
mkdir -p %{buildroot}
cp -al %{tree}/. %{buildroot}/
`;

function section(one: FixturePackage, scriptlets: readonly Scriptlet[]): string[] {
  const from =
    one.from.length === 0
      ? 'Written for the fixture distribution.'
      : `Repackaged from Debian's ${one.from.join(', ')}.`;
  return [
    `%package -n ${one.name}`,
    `Version: ${one.version}`,
    `Summary: ${macroSafe(one.summary)} (test fixture)`,
    ...(one.isNoarch ? ['BuildArch: noarch'] : []),
    ...(one.looksInside ? [] : ['AutoReqProv: no']),
    ...one.requires.map((name) => `Requires: ${name}`),
    ...(isEarly(one.name) ? [] : ['Requires(pre): filesystem']),
    ...one.recommends.map((name) => `Recommends: ${name}`),
    ...one.provides.map((name) => `Provides: ${name}`),
    '',
    `%description -n ${one.name}`,
    `${distribution}. ${macroSafe(from)}`,
    '',
    ...scriptlets.flatMap(({ section: name, text }) => [name.replace('NAME', `-n ${one.name}`), text.trimEnd(), '']),
    `%files -n ${one.name} -f %{lists}/${one.name}`,
    '',
  ];
}

/** They come before the directories that all others go into. */
const isEarly = (name: string) => ['setup', 'filesystem', 'generic-release-common'].includes(name);

const macroSafe = (text: string) => text.replaceAll('%', '%%');

/** The list of a package's files, as `%files -f` reads it. */
export function fileList(files: readonly PackageFile[]): string {
  return ['%defattr(-,root,root,-)', ...files.map(fileLine), ''].join('\n');
}

function fileLine({ path, kind, isConfiguration, group }: PackageFile): string {
  const language = /^\/usr\/share\/locale\/([a-z]{2,3}(?:_[A-Z]{2})?(?:@\w+)?)\//.exec(path)?.[1];
  const words = [
    ...(kind === 'directory' ? ['%dir'] : []),
    ...(group === undefined ? [] : [`%attr(-,root,${group})`]),
    ...(isConfiguration ? ['%config(noreplace)'] : []),
    ...(language === undefined || kind === 'directory' ? [] : [`%lang(${language})`]),
    quotedPath(path),
  ];
  return words.join(' ');
}

/** A path as rpmbuild takes it for that one file: it expands macros and patterns, and splits at blanks. */
export function quotedPath(path: string): string {
  const literal = macroSafe(path.replace(/[[\]*?{}\\]/g, '\\$&'));
  return /\s/.test(path) ? `"${literal}"` : literal;
}
