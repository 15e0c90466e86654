# Every value that reaches XML or YAML goes through here.

complain() { # complain MESSAGE [STATUS]
  printf 'phyllome-guest: %s\n' "$1" >&2
  exit "${2:-1}"
}

note() { printf 'phyllome-guest: %s\n' "$1" >&2; }

# What is said only once all is well.
notes=
note_later() { notes="$notes$1
"; }
show_notes() {
  while IFS= read -r line; do
    [ -z "$line" ] || note "$line"
  done << END
$notes
END
}

xml() { # xml TEXT: sets $quoted to the text as an attribute's value or as content
  quoted='' rest=$1
  while [ -n "$rest" ]; do
    character=${rest%"${rest#?}"}
    rest=${rest#?}
    case "$character" in
      '&') quoted="$quoted&amp;" ;;
      '<') quoted="$quoted&lt;" ;;
      '>') quoted="$quoted&gt;" ;;
      '"') quoted="$quoted&quot;" ;;
      "'") quoted="$quoted&apos;" ;;
      [[:cntrl:]]) complain 'a control character is in a value' 2 ;;
      *) quoted="$quoted$character" ;;
    esac
  done
}

json() { # json TEXT: sets $quoted to a JSON string, which YAML reads as well
  quoted='"' rest=$1
  while [ -n "$rest" ]; do
    character=${rest%"${rest#?}"}
    rest=${rest#?}
    case "$character" in
      '"' | '\') quoted="$quoted\\$character" ;;
      [[:cntrl:]]) complain 'a control character is in a value' 2 ;;
      *) quoted="$quoted$character" ;;
    esac
  done
  quoted="$quoted\""
}
