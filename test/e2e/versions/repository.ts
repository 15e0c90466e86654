/** A package of the tests' own. */
export interface OwnPackage {
  readonly version: number;
  /** Files by their paths. */
  readonly files?: Readonly<Record<string, string>>;
  /** Run as root when it has been installed. */
  readonly postinst?: string;
}

const repository = '/home/repository';

/** Shell text: makes that package the only one that the guest's repositories offer; they lie in the guest itself. */
export function offering({ version, files = {}, postinst = 'true' }: OwnPackage): string {
  const name = 'phyllome-probe';
  const control = `Package: ${name}\nVersion: ${version}\nArchitecture: all\nMaintainer: Nobody <nobody@example.org>\nDescription: of tests\n`;
  const written = Object.entries(files).map(([file, text]) => put(`$tree${file}`, text));
  return `set -eu
tree=$(mktemp -d); chmod 755 "$tree"; mkdir -p "$tree/DEBIAN" ${repository}
${put('$tree/DEBIAN/control', control)}
${put('$tree/DEBIAN/postinst', `#!/bin/sh\nset -e\n${postinst}\n`)}
chmod 755 "$tree/DEBIAN/postinst"
${written.join('\n')}
rm -f ${repository}/*
dpkg-deb --root-owner-group --build "$tree" ${repository}/${name}_${version}_all.deb > /dev/null
cd ${repository}
for deb in *.deb; do
  printf '${control.replaceAll('\n', '\\n')}Filename: ./%s\\nSize: %s\\nSHA256: %s\\n\\n' "$deb" "$(stat -c %s "$deb")" "$(sha256sum "$deb" | cut -d ' ' -f 1)"
done > Packages
printf 'Suite: ./\\nDate: %s\\nSHA256:\\n %s %s Packages\\n' "$(LC_ALL=C date -Ru)" "$(sha256sum Packages | cut -d ' ' -f 1)" "$(stat -c %s Packages)" > Release
rm -f /etc/apt/sources.list.d/*
echo 'deb [trusted=yes] copy:${repository} ./' > /etc/apt/sources.list
rm -rf "$tree"`;
}

function put(file: string, text: string): string {
  return `mkdir -p "$(dirname "${file}")"; printf %s '${text.replaceAll("'", "'\\''")}' > "${file}"`;
}
