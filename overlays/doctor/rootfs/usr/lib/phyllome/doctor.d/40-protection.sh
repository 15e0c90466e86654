# What keeps guests apart: the kernel's measures against holes of processors, and the processors' own repairs.

holes=
entries /sys/devices/system/cpu/vulnerabilities
for hole in $names; do
  first_line "/sys/devices/system/cpu/vulnerabilities/$hole" || continue
  case "$line" in
    Vulnerable*) holes="$holes${holes:+, }$hole" ;;
  esac
done
first_line /proc/cmdline || :
case " $line " in
  *' mitigations=off '*)
    warn mitigations 'the kernel was told to close no holes of the processor (mitigations=off)' \
      'a guest can then read others and the host: take the argument away unless all guests are trusted'
    ;;
  *)
    if [ -z "$names" ]; then
      skip mitigations 'the kernel tells nothing about holes of the processor'
    elif [ -z "$holes" ]; then
      ok mitigations 'every known hole of the processor is closed'
    elif [ "$in_guest" = yes ]; then
      ok mitigations "open as seen in a virtual machine: $holes; the machine below may have closed them"
    else
      warn mitigations "open holes of the processor: $holes" \
        'install microcode (components cpu-amd, cpu-intel) and board firmware; see: grep . /sys/devices/system/cpu/vulnerabilities/*'
    fi
    ;;
esac

# Files named by family and model, which the kernel loads before anything else runs.
case "$cpu_vendor" in
  AuthenticAMD) microcode=amd-ucode component=cpu-amd ;;
  GenuineIntel) microcode=intel-ucode component=cpu-intel ;;
  *) microcode='' component='' ;;
esac
if [ "$in_guest" = yes ]; then
  skip microcode 'microcode is the business of the machine below'
elif [ -z "$microcode" ]; then
  skip microcode "no microcode is known for processors of ${cpu_vendor:-an unknown maker}"
else
  entries "/usr/lib/firmware/$microcode"
  [ -n "$names" ] || entries "/lib/firmware/$microcode"
  if [ -n "$names" ]; then
    ok microcode "revision ${cpu_microcode:-unknown}, and updates are installed"
  else
    warn microcode "revision ${cpu_microcode:-unknown} from the board's firmware; no updates are installed" \
      "add the component $component to the image's flavour"
  fi
fi
