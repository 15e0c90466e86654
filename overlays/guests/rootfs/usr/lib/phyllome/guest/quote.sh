# Every value that reaches XML or YAML goes through here.

complain() { # complain MESSAGE [STATUS]
  note "$1"
  exit "${2:-1}"
}

# Names of files come from anywhere: nothing in them speaks to the terminal.
note() { printf 'phyllome-guest: %s\n' "$1" | LC_ALL=C sed 's/[\x01-\x08\x0b-\x1f\x7f]/?/g; s/\xc2[\x80-\x9f]/?/g' >&2; }

word() { printf "'%s'" "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")"; } # word TEXT: as one word of a shell, to be pasted

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
