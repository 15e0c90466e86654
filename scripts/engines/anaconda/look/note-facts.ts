import { listStartedUnits } from '../../../image/index.ts';

/** Fields and lines of rpm's answers are words without white space. */
const query = (format: string) => `rpm --dbpath="$work/rpm" --query --all --queryformat '${format}'`;

/** Each with the package that it is of. */
const startedUnits = (scope: 'system' | 'user', states: string) =>
  `${listStartedUnits(scope, `$facts/${states}`, '$tree')} | while read -r unit; do
  file=$(echo "$unit" | sed 's/@[^.]*[.]/@./')
  printf '%s\\t%s\\n' "$unit" "$(awk -F '\\t' -v end="/systemd/${scope}/$file" 'substr($2, length($2) - length(end) + 1) == end { print $1; exit }' "$work/unit-files")"
done`;

/**
 * Shell commands that note what is in the root tree `$tree` into files of `$facts`, one record a line; `$kickstart` is what was
 * asked for. Nothing of a password is noted but whether there is one. The database of packages is read in a copy: rpm would
 * write beside one that it can write to, and cannot open every one that it cannot.
 */
export const noteFacts = `cd "$tree"
for file in etc/hostname etc/locale.conf etc/vconsole.conf etc/X11/xorg.conf.d/00-keyboard.conf; do
  if [ -f "$file" ]; then cat "$file"; fi > "$facts/\${file##*/}"
done
readlink etc/localtime > "$facts/localtime" || :
wc -c < etc/machine-id > "$facts/machine-id-size" || :
cut -d : -f 1,3 etc/passwd > "$facts/users"
cut -d : -f 1,4 etc/group > "$facts/groups"
sed -E -e 's/^([^:]*)::.*/\\1:none/;t' -e 's/^([^:]*):[!*].*/\\1:locked/;t' -e 's/^([^:]*):.*/\\1:set/' etc/shadow > "$facts/passwords"
find root/anaconda-ks.cfg root/original-ks.cfg var/log/anaconda -type f 2> /dev/null | sed 's|^|/|' > "$facts/logs" || :
systemctl --root="$tree" list-unit-files --no-legend --no-pager > "$facts/units"
systemctl --root="$tree" --global list-unit-files --no-legend --no-pager > "$facts/user-units"
rm -rf "$work/rpm"
cp -r usr/lib/sysimage/rpm "$work/rpm"
${query('[%{=NAME}\\t%{FILENAMES}\\n]')} | grep -E '/systemd/(system|user)/[^/]+$' > "$work/unit-files" || :
${startedUnits('system', 'units')} > "$facts/started-units"
${startedUnits('user', 'user-units')} > "$facts/started-user-units"
sed -n 's/^put \\(\\/[^ '"'"'"]*\\) .*/\\1/p' "$kickstart" | while read -r file; do
  if [ -f "$tree$file" ]; then sha256sum "$tree$file" | { read -r hash rest; echo "$hash $file"; }; fi
done > "$facts/files"
{
  if [ -e boot/grub2/i386-pc/core.img ]; then echo bios; fi
  for file in boot/efi/EFI/*/grub.cfg boot/efi/EFI/systemd/systemd-boot*.efi; do if [ -e "$file" ]; then echo uefi; fi; done
} | sort -u > "$facts/loaders"
{
  if [ -e "$work/menu" ]; then cat "$work/menu"; fi
  for file in boot/loader/entries/*.conf boot/efi/loader/entries/*.conf; do
    if [ -e "$file" ]; then sed -n 's/^options[[:space:]]*//p' "$file"; fi
  done
} > "$facts/arguments"
${query('%{NAME}\\t%{EVR}\\t%{ARCH}\\n')} | grep -v '^gpg-pubkey' > "$facts/packages"
${query('[%{=NAME}\\t%{REQUIRENAME}\\n]')} > "$facts/requires"
${query('[%{=NAME}\\t%{PROVIDENAME}\\n]')} > "$facts/provides"
cut -f 2 "$facts/requires" | grep '^/' | sort -u | while read -r file; do
  rpm --dbpath="$work/rpm" --query --whatprovides "$file" --queryformat "%{NAME}\\t$file\\n" 2> /dev/null || :
done >> "$facts/provides"`;
