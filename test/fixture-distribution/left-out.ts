/**
 * Debian packages that are in no RPM: they serve Debian's own way of installing and configuring, which scriptlets of the fixture
 * distribution do the other way. What others need of them is dropped with them.
 */
export const leftOut: ReadonlySet<string> = new Set([
  'adduser',
  'apt',
  'dash',
  'debconf',
  'debian-archive-keyring',
  'debianutils',
  'debugedit',
  'dpkg',
  'gettext-base',
  'init-system-helpers',
  'libapt-pkg7.0',
  'libdebconfclient0',
  'libtext-charwidth-perl',
  'libtext-wrapi18n-perl',
  'linux-base',
  'perl-base',
  'runit-helper',
  'sensible-utils',
  'sgml-base',
  'sqv',
  'sysvinit-utils',
  'ucf',
  'xml-core',
]);

/** Files that are Debian's own affair, or of no use in a tree that nobody reads documentation in. */
const paths: readonly RegExp[] = [
  /^\/usr\/sbin$/,
  /^\/usr\/share\/(?:doc|man|info|lintian|bug|doc-base|apport|initramfs-tools|pam-configs|base-files|base-passwd|reportbug|runit)(?:\/|$)/,
  /^\/usr\/share\/(?:bash-completion|zsh|fish|debconf|dh-|python3\/debpython|python3\/runtime|gdb|help|augeas)/,
  /^\/etc\/(?:init\.d|rc.\.d|sv|runit|ufw|cron\.[a-z]+|apt|dpkg|apparmor\.d|init|kernel|update-motd\.d|insserv\.conf\.d)(?:\/|$)/,
  /^\/usr\/lib\/(?:python3\.13\/(?:test|lib2to3|ensurepip)|rpm\/platform\/(?!x86_64-linux|noarch))/,
  // Built from it by a stage of its own.
  /^\/(?:etc|usr\/share)\/selinux\/default(?:\/|$)/,
  /^\/usr\/share\/pam\/.*\.md5sums$/,
];

/** Documentation that is kept, so that leaving out documentation has something to leave out. */
const keptDocumentation =
  /^\/usr\/share\/(?:doc\/(?:bash|coreutils)(?:\/|$)|man\/man1\/(?:bash|ls|cp|systemctl)\.1\.gz$)/;

/** Whether a path of a Debian package is in no RPM. */
export function isLeftOut(path: string): boolean {
  return paths.some((pattern) => pattern.test(path)) && !keptDocumentation.test(path);
}
