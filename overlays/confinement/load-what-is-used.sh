# AppArmor's package brings a hundred profiles for desktop programs. They are named after the program; profiles of
# system services are named after its path (usr.sbin.libvirtd) and stay. The others go to AppArmor's own place for
# profiles that are not loaded: what is only listed in disable/ costs a process each at every boot, seconds in all.
# SELinux has no such directory.
cd /etc/apparmor.d 2>/dev/null || exit 0
unused=/usr/share/apparmor/extra-profiles
mkdir -p "$unused"
for profile in *; do
  case "$profile" in
    usr.*) continue ;;
  esac
  if [ -f "$profile" ] && ! command -v "$profile" > /dev/null; then
    mv "$profile" "$unused/"
  fi
done
