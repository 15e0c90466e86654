# Memory that units hold, without page cache and without guests (machine.slice), against what the image may use at idle.

held_by() { # held_by GROUP: sets $held to its anonymous and kernel memory in bytes, less what the kernel can reclaim
  held=0
  [ -r "$root/sys/fs/cgroup/$1/memory.stat" ] || return 1
  while read -r key value; do
    case "$key" in
      anon | kernel) held=$((held + value)) ;;
      slab_reclaimable) held=$((held - value)) ;;
    esac
  done < "$root/sys/fs/cgroup/$1/memory.stat"
}

memory_budget=
if [ -r "$root/usr/share/phyllome/budget" ]; then
  while IFS='=' read -r key value; do
    [ "$key" != memory ] || memory_budget=$value
  done < "$root/usr/share/phyllome/budget"
fi

units_total=0 units_known=no
for group in init.scope system.slice user.slice; do
  held_by "$group" || continue
  units_known=yes
  units_total=$((units_total + held))
done
units_total=$((units_total / 1048576))

largest=0 largest_name=
for path in "$root"/sys/fs/cgroup/system.slice/*.service; do
  held_by "${path#"$root/sys/fs/cgroup/"}" || continue
  [ "$held" -le "$largest" ] || {
    largest=$held
    largest_name=${path##*/}
  }
done
[ -z "$largest_name" ] || largest_name=", most of it $largest_name with $((largest / 1048576)) MiB"

if [ "$units_known" = no ]; then
  skip memory 'control groups do not count memory here'
elif [ -z "$memory_budget" ]; then
  ok memory "units hold $units_total MiB$largest_name"
elif [ "$units_total" -le "$memory_budget" ]; then
  ok memory "units hold $units_total MiB$largest_name; the idle host may use $memory_budget MiB"
else
  warn memory "units hold $units_total MiB$largest_name; the idle host may use $memory_budget MiB" \
    'see who: systemd-cgtop --order=memory --iterations=1'
fi
