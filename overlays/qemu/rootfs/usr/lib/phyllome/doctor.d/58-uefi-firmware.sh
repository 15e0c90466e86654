# libvirt chooses a guest's firmware by descriptors. One must offer Secure Boot with Microsoft's keys: Windows 11 asks.
descriptors=/usr/share/qemu/firmware
entries "$descriptors"
secure='' missing=''
for descriptor in $names; do
  features='' file=''
  while IFS= read -r line; do
    case "$line" in
      *'"filename"'*)
        file=${line#*\"filename\"*\"}
        file=${file%%\"*}
        [ -e "$root$file" ] || missing="$missing${missing:+ }$file"
        ;;
      *'"secure-boot"'*) features="$features secure-boot" ;;
      *'"enrolled-keys"'*) features="$features enrolled-keys" ;;
    esac
  done < "$root$descriptors/$descriptor"
  ! { has secure-boot "$features" && has enrolled-keys "$features"; } || secure=$descriptor
done
if [ -z "$names" ]; then
  fail uefi-firmware 'no UEFI firmware for guests is installed' 'install ovmf (Debian) or edk2-ovmf (Fedora)'
elif [ -n "$missing" ]; then
  fail uefi-firmware "descriptors name files that are not there: $missing" 'install ovmf (Debian) or edk2-ovmf (Fedora) anew'
elif [ -z "$secure" ]; then
  warn uefi-firmware 'no firmware offers Secure Boot with enrolled keys: Windows 11 does not install' \
    'install ovmf (Debian) or edk2-ovmf (Fedora) anew'
else
  ok uefi-firmware "with and without Secure Boot ($secure)"
fi
