# Where successors of this system are published, and which keys may sign them.

if [ -d "$root/usr/lib/phyllome/releases" ]; then
  keys=0
  if [ -r "$root/usr/lib/phyllome/releases/keys" ]; then
    while IFS= read -r line; do
      case "$line" in RW*) keys=$((keys + 1)) ;; esac
    done < "$root/usr/lib/phyllome/releases/keys"
  fi
  if ! first_line /usr/lib/phyllome/releases/address || [ -z "$line" ]; then
    fail releases 'it is not known any more where successors of this system are published' \
      '/usr/lib/phyllome/releases/address is missing or empty: take it from the image'
  elif [ "$keys" = 0 ]; then
    fail releases 'no key is known any more by which successors of this system could be verified' \
      '/usr/lib/phyllome/releases/keys is missing or empty: take it from the image'
  elif ! installed minisign; then
    fail releases 'nothing is installed that verifies successors of this system' 'install the package minisign'
  else
    case $keys in 1) keys='the key' ;; *) keys="one of the $keys keys" ;; esac
    ok releases "successors are published at $line, signed by $keys in /usr/lib/phyllome/releases/keys"
  fi
fi
