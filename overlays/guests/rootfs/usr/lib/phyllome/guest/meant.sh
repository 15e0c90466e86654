# What a mistyped word may be a slip of.

# Words with one letter less, one after the other.
shortened() { # shortened WORD
  head='' tail=$1
  while [ -n "$tail" ]; do
    letter=${tail%"${tail#?}"}
    tail=${tail#?}
    printf ' %s%s' "$head" "$tail"
    head=$head$letter
  done
  printf ' '
}

# One letter more, less or another, two that changed places, or the beginning of it; dots and dashes do not count.
nearest() { # nearest WORD KNOWN…: sets $meant to the known word that is meant, or to nothing
  plain=$(printf '%s' "$1" | tr -d '._-')
  near=$(shortened "$plain")
  meant=''
  shift
  for candidate; do
    other=$(printf '%s' "$candidate" | tr -d '._-')
    if [ "$other" = "$plain" ]; then
      meant=$candidate
      return 0
    fi
    for word in "$other" $(shortened "$other"); do
      case " $plain$near" in *" $word "*) meant=${meant:-$candidate} ;; esac
    done
    case "$other" in "$plain"*) [ "${#plain}" -lt 3 ] || meant=${meant:-$candidate} ;; esac
  done
}
