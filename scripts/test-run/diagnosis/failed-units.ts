import { type Guest, parseProperties } from '../../lab/index.ts';

/** A unit that failed or hangs, as the system manager of the guest tells it. */
export interface FailedUnit {
  readonly name: string;
  /** `exit-code`, `timeout`, `oom-kill` … */
  readonly result: string;
  /** Its file in the image, and what changes it. */
  readonly files: readonly string[];
  /** The distribution's package that brought the file; empty when none did. */
  readonly package: string;
  /** Units that it asks for, or that their sockets would start, and that somebody has masked. */
  readonly masked: readonly string[];
}

const script = `units=$(systemctl list-units --failed --plain --no-legend | cut -d ' ' -f 1)
[ -n "$units" ] || exit 0
systemctl show --property=Id,Result,FragmentPath,DropInPaths -- $units
echo
for file in $(systemctl show --value --property=FragmentPath -- $units); do
  if command -v dpkg-query >/dev/null; then package=$(dpkg-query --search "\${file#/usr}" "$file" 2>/dev/null | head -n 1 | cut -d : -f 1)
  elif command -v rpm >/dev/null; then package=$(rpm --query --file "$file" 2>/dev/null); fi
  printf 'package %s %s\\n' "$file" "$package"
done
for unit in $units; do
  asked=$(systemctl show --value --property=Requires --property=Requisite --property=BindsTo --property=Wants -- "$unit")
  [ -n "\${asked//[[:space:]]/}" ] || continue
  systemctl show --property=Id --property=LoadState -- $asked $(systemctl show --value --property=Triggers -- $asked) |
    while IFS== read -r key value; do
      case $key in
        Id) name=$value ;;
        LoadState) [ "$value" != masked ] || echo "masked $unit $name" ;;
      esac
    done
done`;

export async function readFailedUnits(guest: Guest): Promise<FailedUnit[]> {
  const { stdout } = await guest.run(script, { allowFailure: true });
  return failedUnitsOf(stdout);
}

export function failedUnitsOf(text: string): FailedUnit[] {
  const packages = new Map(
    text.split('\n').flatMap((line) => {
      const match = /^package (\S+) (\S+)$/.exec(line);
      return match === null ? [] : [[match[1] ?? '', match[2] ?? '']];
    }),
  );
  const masked = text.split('\n').flatMap((line) => {
    const match = /^masked (\S+) (\S+)$/.exec(line);
    return match === null ? [] : [{ by: match[1], name: match[2] ?? '' }];
  });
  return text.split('\n\n').flatMap((block) => {
    const values = parseProperties(block);
    if (values.Id === undefined) return [];
    const fragment = values.FragmentPath ?? '';
    const files = [fragment, ...(values.DropInPaths ?? '').split(' ')].filter((file) => file !== '');
    return [
      {
        name: values.Id,
        result: values.Result ?? '',
        files,
        package: packages.get(fragment) ?? '',
        masked: [...new Set(masked.filter(({ by }) => by === values.Id).map(({ name }) => name))],
      },
    ];
  });
}
