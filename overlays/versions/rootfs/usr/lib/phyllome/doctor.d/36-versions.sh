# What became of the last update, where there are versions.

if first_line /run/phyllome-update/given-up; then
  fail update "$line" 'phyllome-update status tells more; phyllome-update forget N removes it'
elif installed phyllome-update; then
  ok update 'no update was given up'
fi
