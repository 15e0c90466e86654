# Who may manage the host's guests means these; libvirt reads its own default for root only.
case " $(id -nG) " in
  *' libvirt '* | *' sudo '* | *' wheel '*) export LIBVIRT_DEFAULT_URI="${LIBVIRT_DEFAULT_URI:-qemu:///system}" ;;
esac
