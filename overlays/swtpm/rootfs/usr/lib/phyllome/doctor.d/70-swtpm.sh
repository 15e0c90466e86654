# TPMs of guests: the programs, and a certificate authority that the user who makes TPMs can write.
authority=/var/lib/swtpm-localca
missing=
for program in swtpm swtpm_setup swtpm_localca; do
  installed "$program" || missing="$missing${missing:+ }$program"
done
tss=
while IFS=: read -r entry _ number _; do
  [ "$entry" != tss ] || tss=$number
done < "$root/etc/passwd"
foreign=
if [ -n "$tss" ] && [ -d "$root$authority" ]; then
  for path in "$root$authority" "$root$authority"/* "$root$authority"/.[!.]*; do
    [ -e "$path" ] || continue
    [ "$(stat -c %u "$path")" = "$tss" ] || foreign="$foreign${foreign:+ }${path#"$root"}"
  done
fi
if [ -n "$missing" ]; then
  fail swtpm "programs are missing: $missing" 'install swtpm and swtpm-tools'
elif [ -z "$tss" ]; then
  fail swtpm 'the user tss, who makes TPMs, does not exist' 'install swtpm-tools anew'
elif [ ! -d "$root$authority" ]; then
  fail swtpm "$authority is missing" "install -d -o tss -g root -m 0750 $authority"
elif [ -n "$foreign" ]; then
  fail swtpm "not of user tss: $foreign; no guest gets a TPM" "chown -R tss $authority (swtpm_setup was run as root)"
else
  ok swtpm 'guests can have a TPM 2.0'
fi
