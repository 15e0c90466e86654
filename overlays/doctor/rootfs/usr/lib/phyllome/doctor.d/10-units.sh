# Units of the system manager that failed.
if command -v systemctl > /dev/null && failed=$(systemctl list-units --state=failed --plain --no-legend --no-pager 2> /dev/null); then
  units=
  while read -r unit _; do
    units="$units${units:+ }$unit"
  done << END
$failed
END
  if [ -z "$units" ]; then
    ok failed-units 'no unit has failed'
  else
    fail failed-units "failed: $units" "see why with: systemctl status ${units%% *}"
  fi
else
  skip failed-units 'the system manager does not answer'
fi
