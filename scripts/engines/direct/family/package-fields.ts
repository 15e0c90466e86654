/** Fields of a line of `facts/packages`, in dpkg's words. `dossier` reads them by these places, whatever the database. */
export const packageFields = [
  'Package',
  'Version',
  'Architecture',
  'source:Package',
  'source:Version',
  'Installed-Size',
  'Maintainer',
  'Homepage',
  'Pre-Depends',
  'Depends',
  'Recommends',
  'Provides',
  'Essential',
  'Built-Using',
  'Static-Built-Using',
];
