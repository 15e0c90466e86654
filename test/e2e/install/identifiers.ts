/** What no two installations may have in common, each with its kind before it: `machine-id 0123…`. */
export type Identifiers = ReadonlySet<string>;

/** Prints them in an installed system, one a line. */
export const identifiersScript = `echo "machine-id $(cat /etc/machine-id)"
for key in /etc/ssh/ssh_host_*_key.pub; do echo "host-key $(cut -d' ' -f2 "$key")"; done
echo "random-seed $(sha256sum < /var/lib/systemd/random-seed | cut -d' ' -f1)"
disks=$(lsblk --nodeps --noheadings --paths --output NAME,TYPE | awk '$2 == "disk" && $1 !~ /zram/ { print $1 }')
for column in PTUUID PARTUUID UUID; do
  lsblk --noheadings --raw --output "$column" $disks | sed "/^$/d; s/^/$column /"
done
if vgs --noheadings --options vg_uuid > /run/groups 2>/dev/null; then sed 's/^ */volume-group /' /run/groups; fi
if lvs --noheadings --options lv_uuid > /run/volumes 2>/dev/null; then sed 's/^ */volume /' /run/volumes; fi
sed 's/^/before the first start: /' /root/as-installed`;

/** %post of an answer file: what the first start replaces is noted before it. */
export const noteIdentifiers = [
  '%post',
  `{ for file in /etc/machine-id /var/lib/systemd/random-seed /var/lib/systemd/credential.secret /etc/ssh/ssh_host_*_key; do
  [ ! -s "$file" ] || echo "$file $(sha256sum < "$file" | cut -d' ' -f1)"
done; } > /root/as-installed`,
  '%end',
];

export function identifiersOf(said: string): Identifiers {
  return new Set(said.split('\n').filter((line) => line !== ''));
}

/** Kinds of which every installation has at least one. */
export const identifierKinds = ['machine-id', 'host-key', 'random-seed', 'PTUUID', 'PARTUUID', 'UUID'];

export function kindsOf(identifiers: Identifiers): Set<string> {
  return new Set([...identifiers].map((one) => one.slice(0, one.lastIndexOf(' '))));
}

/** What more than one of these installations has, with the names of those that have it. */
export function sharedIdentifiers(installations: ReadonlyMap<string, Identifiers>): string[] {
  const owners = new Map<string, string[]>();
  for (const [name, identifiers] of installations) {
    for (const one of identifiers) owners.set(one, [...(owners.get(one) ?? []), name]);
  }
  return [...owners].flatMap(([one, names]) => (names.length > 1 ? [`${one}: ${names.join(', ')}`] : []));
}
