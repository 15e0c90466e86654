import type { FixturePackage } from './translate.ts';

export interface Scriptlet {
  /** Of the package. */
  readonly name: string;
  /** Its heading, with NAME for `-n` and the package. */
  readonly section: string;
  readonly text: string;
}

/** What Fedora's packages do when they are installed, as far as a new tree shows it. */
const written: readonly Scriptlet[] = [
  {
    name: 'filesystem',
    section: '%pretrans NAME -p <lua>',
    text: `for _, directory in ipairs({"/usr", "/usr/bin", "/usr/lib", "/usr/lib64", "/etc", "/var", "/run"}) do
  posix.mkdir(directory)
end
for _, name in ipairs({"bin", "lib", "lib64"}) do
  posix.symlink("usr/" .. name, "/" .. name)
end
posix.symlink("usr/sbin", "/sbin")
posix.symlink("bin", "/usr/sbin")
return 0`,
  },
  {
    name: 'glibc',
    section: '%transfiletriggerin NAME -P 2000000 -p <lua> -- /usr/lib /usr/lib64',
    text: 'rpm.execute("/usr/bin/ldconfig")',
  },
  {
    name: 'glibc',
    section: '%transfiletriggerpostun NAME -P 2000000 -p <lua> -- /usr/lib /usr/lib64',
    text: 'rpm.execute("/usr/bin/ldconfig")',
  },
  {
    name: 'systemd',
    section: '%post NAME',
    text: `systemd-machine-id-setup > /dev/null 2>&1 || :
if [ $1 -eq 1 ]; then systemctl preset-all > /dev/null 2>&1 || :; fi`,
  },
  {
    name: 'systemd',
    section: '%transfiletriggerin NAME -P 900900 -- /usr/lib/sysusers.d',
    text: 'systemd-sysusers || :',
  },
  {
    name: 'systemd',
    section: '%transfiletriggerin NAME -P 900500 -- /usr/lib/tmpfiles.d',
    text: 'systemd-tmpfiles --create || :',
  },
  {
    name: 'systemd-udev',
    section: '%transfiletriggerin NAME -P 900899 -- /usr/lib/udev/hwdb.d',
    text: 'systemd-hwdb update --usr || :',
  },
  {
    name: 'glib2',
    section: '%transfiletriggerin NAME -- /usr/share/glib-2.0/schemas',
    text: 'for tool in /usr/lib/*/glib-2.0/glib-compile-schemas; do [ ! -x "$tool" ] || "$tool" /usr/share/glib-2.0/schemas > /dev/null 2>&1 || :; done',
  },
  ...['kernel-modules-core', 'kernel-modules'].map((name) => ({
    name,
    section: '%posttrans NAME',
    text: 'for modules in /usr/lib/modules/*; do depmod -a "${modules##*/}"; done',
  })),
  {
    name: 'kernel-core',
    section: '%posttrans NAME',
    text: 'for modules in /usr/lib/modules/*; do kernel-install add "${modules##*/}" "$modules/vmlinuz" || exit $?; done',
  },
];

/** Units that can be switched on or off; what has an instance's name only, somebody else starts, and a link is another one's name. */
const UNIT = /^\/usr\/lib\/systemd\/system\/([^/@]+\.(?:service|socket|timer|path|target))$/;

/** All scriptlets: those that are written, and for each package with units that it asks presets about them. */
export function scriptletsOf(packages: readonly FixturePackage[]): Scriptlet[] {
  const presets = packages.flatMap(({ name, files }) => {
    const units = files.flatMap(({ path, kind }) => (kind === 'file' ? (UNIT.exec(path)?.[1] ?? []) : [])).join(' ');
    // systemd itself asks about all.
    if (units === '' || name === 'systemd') return [];
    return [
      {
        name,
        section: '%post NAME',
        text: `if [ $1 -eq 1 ] && [ -x /usr/bin/systemctl ]; then systemctl --no-reload preset ${units} || :; fi`,
      },
      {
        name,
        section: '%preun NAME',
        text: `if [ $1 -eq 0 ] && [ -x /usr/bin/systemctl ]; then systemctl --no-reload disable --now ${units} || :; fi`,
      },
    ];
  });
  return [...written, ...presets];
}
