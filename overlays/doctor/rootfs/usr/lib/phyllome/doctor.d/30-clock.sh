# Guests read the host's clock source through a shared page; only some sources can be read that way.
if first_line /sys/devices/system/clocksource/clocksource0/current_clocksource; then
  case "$line" in
    tsc | kvm-clock | hyperv_clocksource_tsc_page | xen) ok clocksource "the clock is $line" ;;
    *)
      if [ "$in_guest" = yes ]; then
        ok clocksource "the clock is $line, as the machine below gives it"
      else
        warn clocksource "the clock is $line: each look at it is slow, in guests as well" \
          'the kernel found the TSC unstable: update the board firmware; see: journalctl -k --grep=tsc'
      fi
      ;;
  esac
else
  skip clocksource 'the kernel names no clock source'
fi
