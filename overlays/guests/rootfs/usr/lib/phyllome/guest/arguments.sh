# The command line. Lists (--share, --usb …) are kept with one value a line.
newline='
'
name='' os='' iso='' image='' drivers='' kickstart='' user_data='' network_config='' ssh_key='' user=admin
memory='' cpus='' disk='' hugepages='' pins='' networks='' shares='' gpus='' pcis='' usbs='' evdevs='' given=' '
tpm_choice='' secure_choice='' console_log='' session=no emulate=no start=yes autostart=no dry_run=no

refuse() { complain "$1; see phyllome-guest --help" 2; }

a_file() { # a_file OPTION FILE: sets $file to its absolute path
  case "$2" in *…*) refuse "$1 $2: put the real name in the place of …" ;; esac
  [ -e "$2" ] || refuse "$1 $2: there is no such file"
  [ -f "$2" ] || refuse "$1 $2: this is no file"
  [ -r "$2" ] || refuse "$1 $2: you may not read it"
  case "$2" in
    /*) file=$2 ;;
    *) file=$PWD/$2 ;;
  esac
}

one_of() { # one_of OPTION VALUE PATTERN…
  option=$1 value=$2
  shift 2
  for allowed; do [ "$value" != "$allowed" ] || return 0; done
  refuse "$option $value: must be $*"
}

matches() { # matches OPTION VALUE 'extended regular expression' WHAT
  case "$2" in *"$newline"*) refuse "$1: one line only" ;; esac
  printf '%s\n' "$2" | grep -Eqx -e "$3" || refuse "$1 $2: must be $4"
}

mebibytes() { # mebibytes OPTION SIZE: sets $size
  matches "$1" "$2" '(0|[1-9][0-9]{0,6})([.][0-9]{1,3})?([MGT](i?B)?)?' 'a size such as 4G, 1.5G or 512M'
  unit=${2##*[0-9]}
  number=${2%"$unit"}
  case "$unit" in
    G*) factor=1024 ;;
    T*) factor=1048576 ;;
    *) factor=1 ;;
  esac
  case "$number" in
    *.*)
      fraction=${number#*.}
      thousandths=$(printf '%s000' "$fraction" | cut -c 1-3)
      while [ "${thousandths#0}" != "$thousandths" ] && [ "$thousandths" != 0 ]; do thousandths=${thousandths#0}; done
      size=$((${number%.*} * factor + thousandths * factor / 1000))
      ;;
    *) size=$((number * factor)) ;;
  esac
  [ "$size" -gt 0 ] || refuse "$1 $2: is nothing"
  # A bare number counts mebibytes: of a small one, gibibytes were meant.
  [ "$number" != "$2" ] || [ "$size" -ge 128 ] || refuse "$1 $2: of what? ${2}G, or ${2}M"
}

valued='--os --iso --image --drivers --kickstart --user-data --network-config --ssh-key --user --memory --cpus --disk
--hugepages --pin --network --share --gpu --pci --usb --evdev --tpm --secure-boot --console-log'
flags='--session --emulate --no-start --autostart --dry-run'

must_be_known() { # must_be_known WORD OPTION: WORD is OPTION, with or without `=VALUE`, and OPTION has a value
  case "$1" in
    --*)
      for known in $valued; do [ "$known" != "$2" ] || return 0; done
      for known in $flags; do [ "$known" != "$2" ] || refuse "$2 takes no value"; done
      ;;
  esac
  # As virt-install says it.
  case "$2" in
    --ram) meant=--memory ;;
    --vcpus) meant=--cpus ;;
    --cdrom | --location) meant=--iso ;;
    --import) meant=--image ;;
    --os-variant | --osinfo) meant=--os ;;
    --hostdev | --host-device) meant=--pci ;;
    --bridge) meant='--network bridge=NAME' ;;
    # shellcheck disable=SC2086  # names have no blanks
    *) nearest "$2" $valued $flags ;;
  esac
  what='there is no such option'
  case "$1" in --*) ;; *) what='what is that' ;; esac
  [ -z "$meant" ] || refuse "$1: $what; did you mean $meant?"
  case "$1" in --*) refuse "$1: $what" ;; *) refuse "$1: $what?" ;; esac
}

read_arguments() {
  [ $# -gt 0 ] || refuse 'which NAME is it to have?'
  name=$1
  matches NAME "$name" '[A-Za-z0-9][A-Za-z0-9._+-]{0,62}' 'letters, digits and . _ + -'
  shift
  while [ $# -gt 0 ]; do
    case "$1" in
      --session) session=yes ;;
      --emulate) emulate=yes ;;
      --no-start) start=no ;;
      --autostart) autostart=yes ;;
      --dry-run) dry_run=yes ;;
      --*)
        said=${1%%=*}
        must_be_known "$1" "$said"
        case "$1" in
          *=*) worth=${1#*=} ;;
          *)
            [ $# -gt 1 ] || refuse "$1 needs a value"
            worth=$2
            shift
            ;;
        esac
        only_once "$said" "$worth"
        read_valued "$said" "$worth"
        ;;
      *) must_be_known "$1" "--${1%%=*}" ;;
    esac
    shift
  done
  [ -n "$os" ] || refuse 'which --os is it?'
  [ -z "$image" ] || [ -z "$iso" ] || refuse '--iso and --image: one of them'
  [ -z "$kickstart" ] || [ -n "$iso" ] || refuse '--kickstart goes with --iso, an installation medium of an RPM-based system'
  [ -n "$image" ] || [ -z "$user_data$ssh_key$network_config" ] || refuse '--user-data, --network-config and --ssh-key go with --image'
  [ -z "$user_data" ] || [ -z "$ssh_key" ] || refuse '--user-data and --ssh-key: one of them'
  [ "$session" = no ] || [ "$autostart" = no ] || refuse "guests of a session do not start with the host: leave out --session, or --autostart"
  case "$networks" in
    *"$newline"?*)
      case "$newline$networks" in *"${newline}none$newline"*) refuse '--network none: leaves nothing for the other ones' ;; esac
      ;;
  esac
  if [ "$session" = yes ]; then
    case "$networks" in '' | "none$newline") ;; *) refuse '--network: guests of a session reach out by user-mode NAT; leave it out, or say none' ;; esac
  fi
  [ -n "$networks" ] || networks="default$newline"
  [ "$session" = no ] || [ -z "$hugepages$pins" ] || refuse '--hugepages and --pin are for guests of the host, not of a session'
  [ "$session" = no ] || [ -z "$gpus$pcis$usbs" ] || refuse 'devices of the host go to guests of the host, not of a session'
}

# What would take the place of what was said before is a mistake; lists grow, by what is not in them yet.
only_once() { # only_once OPTION VALUE
  case "$1" in
    --network | --share | --gpu | --pci | --usb | --evdev)
      case "$given" in *" $1=$2 "*) refuse "$1 $2: given twice" ;; esac
      given="$given$1=$2 "
      ;;
    *)
      case "$given" in *" $1 "*) refuse "$1: given twice, and there is one" ;; esac
      given="$given$1 "
      ;;
  esac
}

read_valued() {
  case "$1" in
    --os)
      matches "$1" "$2" '[A-Za-z0-9][A-Za-z0-9 ._-]*' 'one of what `phyllome-guest os` lists'
      os=$2
      ;;
    --iso) a_file "$1" "$2" && iso=$file ;;
    --image) a_file "$1" "$2" && image=$file ;;
    --drivers) a_file "$1" "$2" && drivers=$file ;;
    --kickstart) a_file "$1" "$2" && kickstart=$file ;;
    --user-data) a_file "$1" "$2" && user_data=$file ;;
    --network-config) a_file "$1" "$2" && network_config=$file ;;
    --ssh-key) a_file "$1" "$2" && ssh_key=$file ;;
    --user)
      matches "$1" "$2" '[a-z_][a-z0-9_-]{0,30}' 'a user name'
      user=$2
      ;;
    --memory) mebibytes "$1" "$2" && memory=$size ;;
    --cpus)
      matches "$1" "$2" '[1-9][0-9]{0,2}' 'a number'
      cpus=$2
      ;;
    --disk)
      if [ "$2" = 0 ]; then disk=0; else mebibytes "$1" "$2" && disk=${size}M; fi
      ;;
    --network)
      matches "$1" "$2" '(bridge=)?[A-Za-z0-9._-]{1,64}' 'a network, `none` or bridge=NAME'
      networks="$networks$2$newline"
      ;;
    --hugepages)
      one_of "$1" "$2" 2M 1G && hugepages=$2
      ;;
    --pin)
      matches "$1" "$2" '[0-9]{1,4}(-[0-9]{1,4})?(,[0-9]{1,4}(-[0-9]{1,4})?)*' 'processors of the host, such as 4-7 or 2,3,10,11'
      spread_processors "$2"
      ;;
    --share) share_argument "$2" ;;
    --gpu) address_argument "$1" "$2" && gpus="$gpus$address$newline" ;;
    --pci) address_argument "$1" "$2" && pcis="$pcis$address$newline" ;;
    --usb)
      matches "$1" "$2" '[0-9a-fA-F]{4}:[0-9a-fA-F]{4}|[0-9]{1,3}-[0-9]{1,3}([.][0-9]{1,3})*' \
        'VENDOR:DEVICE as lsusb prints it, or BUS-PORT such as 1-2.3'
      usbs="$usbs$(printf '%s' "$2" | tr A-F a-f)$newline"
      ;;
    --evdev)
      case "$2" in *…*) refuse "$1 $2: put the real name in the place of …; ls /dev/input/by-id tells them" ;; esac
      [ -e "$root$2" ] || refuse "$1 $2: there is no such device"
      evdevs="$evdevs$2$newline"
      ;;
    --tpm) one_of "$1" "$2" yes no && tpm_choice=$2 ;;
    --secure-boot) one_of "$1" "$2" yes no && secure_choice=$2 ;;
    --console-log)
      case "$2" in /*) console_log=$2 ;; *) console_log=$PWD/$2 ;; esac
      ;;
  esac
}

address_argument() { # sets $address, with its domain and in small letters
  matches "$1" "$2" '([0-9a-fA-F]{4,5}:)?[0-9a-fA-F]{2}:[01][0-9a-fA-F]\.[0-7]' 'an address such as 01:00.0 or 0000:01:00.0'
  address=$(printf '%s' "$2" | tr A-F a-f)
  case "$address" in *:*:*) ;; *) address=0000:$address ;; esac
}

spread_processors() { # sets $pins to one processor a line
  spread=$1, pins=
  while [ -n "$spread" ]; do
    part=${spread%%,*} spread=${spread#*,}
    first=${part%-*} last=${part#*-}
    [ "$first" -le "$last" ] || refuse "--pin $1: $part goes backwards"
    while [ "$first" -le "$last" ]; do
      [ -e "$root/sys/devices/system/cpu/cpu$first" ] || refuse "--pin $1: this host has no processor $first"
      case "$newline$pins" in *"$newline$first$newline"*) refuse "--pin $1: processor $first is in it twice" ;; esac
      pins="$pins$first$newline"
      first=$((first + 1))
    done
  done
}

share_argument() { # DIR or DIR=TAG; what is behind the last = is the tag
  directory=${1%=*} tag=${1##*=}
  if [ "$directory" = "$1" ] || [ -d "$1" ]; then
    directory=$1
    tag=${1%/}
    tag=${tag##*/}
  fi
  [ -d "$directory" ] || refuse "--share $directory: there is no such directory"
  case "$directory" in /*) ;; *) directory=$PWD/$directory ;; esac
  case "$directory" in *"$newline"*) refuse '--share: one line only' ;; esac
  matches --share "$tag" '[A-Za-z0-9._-]{1,36}' 'DIR=TAG with a tag of at most 36 letters, digits and . _ -'
  shares="$shares$tag $directory$newline"
}
