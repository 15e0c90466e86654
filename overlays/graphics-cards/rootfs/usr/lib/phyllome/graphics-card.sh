# Which PCI functions belong to a graphics card. Sourced; uses nothing but the shell, so that an initramfs has it all.
# `phyllome hardware check` decides by the same rule (scripts/hardware/cards.ts).

# first_word FILE: its first word, without the 0x of numbers.
first_word() {
  read -r content _ < "$1" || content=
  echo "${content#0x}"
}

is_graphics() { # is_graphics FUNCTION-DIRECTORY
  case $(first_word "$1/class") in 03*) return 0 ;; esac
  return 1
}

# A function on the root bus is a part of the processor or the chipset, and so are its neighbours.
is_on_root_bus() { # is_on_root_bus FUNCTION-DIRECTORY
  parent=$(cd -P "$1/.." && pwd)
  case ${parent##*/} in *:??:??.?) return 1 ;; esac
  return 0
}

# belongs_to_graphics MAIN OTHER: whether the function OTHER of the same slot is part of the card of MAIN (directories).
# Function 1 is the sound of the screens, whoever made it; a second head, sound, USB and its port controller are the card's
# where the same vendor made them. A virtual function is a card of its own.
belongs_to_graphics() {
  [ ! -e "$2/physfn" ] || return 1
  kind=$(first_word "$2/class")
  case ${2##*.}:$kind in 1:0403*) return 0 ;; esac
  case $kind in
    03* | 0403* | 0c03* | 0c80*) [ "$(first_word "$1/vendor")" = "$(first_word "$2/vendor")" ] ;;
    *) return 1 ;;
  esac
}

# graphics_card_functions DEVICES ADDRESS: the functions of the graphics card at ADDRESS, as directories below DEVICES
# (/sys/bus/pci/devices), one a line, in the order of their addresses.
graphics_card_functions() {
  main=$1/$2
  for function in "$1/${2%.*}".*; do
    [ -e "$function/class" ] || continue
    if [ "$function" = "$main" ]; then
      echo "$function"
    elif ! is_on_root_bus "$main" && [ ! -e "$main/physfn" ] && belongs_to_graphics "$main" "$function"; then
      echo "$function"
    fi
  done
}
