# AppArmor's package brings a hundred profiles for desktop programs. They are named after the program; profiles of
# system services are named after its path (usr.sbin.libvirtd) and stay. SELinux has no such directory.
cd /etc/apparmor.d 2>/dev/null || exit 0
mkdir -p disable
for profile in *; do
  case "$profile" in
    usr.*) continue ;;
  esac
  if [ -f "$profile" ] && ! command -v "$profile" > /dev/null; then
    ln -sf "/etc/apparmor.d/$profile" "disable/$profile"
  fi
done
