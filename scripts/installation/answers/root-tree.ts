import type { Machine } from '../machine.ts';

/** The system on the medium, as answers are held against it. */
export interface RootTree {
  readonly packages: ReadonlySet<string>;
  hasTimeZone(name: string): boolean;
  hasLocale(name: string): boolean;
  hasUnit(name: string): boolean;
  hasFile(path: string): boolean;
  hasAccount(name: string): boolean;
}

/** Its packages enter new kernels into systemd-boot's menu, and keep that loader on the disk. */
export function startsBySystemdBoot({ packages }: Pick<RootTree, 'packages'>): boolean {
  return packages.has('systemd-boot');
}

/** Reads the tree that lies at `root`. Debian's; where another base has no such list, nothing of that kind is in it. */
export function rootTree(machine: Machine, root: string): RootTree {
  const packages = installedPackages(machine.read(`${root}/var/lib/dpkg/status`) ?? '');
  const accounts = new Set((machine.read(`${root}/etc/passwd`) ?? '').split('\n').map((line) => line.split(':')[0]));
  const locales = new Set(
    (machine.read(`${root}/usr/share/i18n/SUPPORTED`) ?? '')
      .split('\n')
      .map((line) => normal(line.split(' ')[0] ?? '')),
  );
  const isInside = (path: string) => !path.split('/').includes('..');
  const unitDirectories = ['/etc/systemd/system', '/usr/lib/systemd/system'];
  return {
    packages,
    hasTimeZone: (name) =>
      /^(Etc\/)?UTC$/.test(name) || (isInside(name) && machine.exists(`${root}/usr/share/zoneinfo/${name}`)),
    hasLocale: (name) => /^(C|C\.UTF-?8|POSIX)$/i.test(name) || locales.has(normal(name)),
    hasUnit: (name) => {
      const file = (/\.[a-z]+$/.test(name) ? name : `${name}.service`).replace(/@[^.]*\./, '@.');
      return isInside(file) && unitDirectories.some((directory) => machine.exists(`${root}${directory}/${file}`));
    },
    hasFile: (path) => isInside(path) && machine.exists(`${root}${path}`),
    hasAccount: (name) => accounts.has(name),
  };
}

/** `de_DE.UTF-8` and `de_DE.utf8` are one locale. */
function normal(locale: string): string {
  return locale.toLowerCase().replaceAll('-', '');
}

function installedPackages(status: string): Set<string> {
  const names = new Set<string>();
  let name = '';
  for (const line of status.split('\n')) {
    if (line.startsWith('Package: ')) name = line.slice('Package: '.length).trim();
    else if (/^Status: .* installed$/.test(line)) names.add(name);
  }
  return names;
}
