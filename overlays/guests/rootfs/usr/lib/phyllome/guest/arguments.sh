# The command line. Lists (--share, --usb …) are kept with one value a line.
newline='
'
name='' os='' iso='' image='' drivers='' kickstart='' user_data='' ssh_key='' user=admin
memory='' cpus='' disk='' network=default shares='' gpus='' pcis='' usbs='' evdevs=''
tpm_choice='' secure_choice='' console_log='' session=no emulate=no start=yes autostart=no dry_run=no

refuse() { complain "$1; see phyllome-guest --help" 2; }

a_file() { # a_file OPTION FILE: sets $file to its absolute path
  [ -r "$2" ] && [ -f "$2" ] || refuse "$1 $2: there is no such file"
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
  matches "$1" "$2" '[1-9][0-9]{0,6}[MG]?' 'a size such as 4G or 512M'
  case "$2" in
    *G) size=$((${2%G} * 1024)) ;;
    *) size=${2%M} ;;
  esac
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
        [ $# -gt 1 ] || refuse "$1 needs a value"
        read_valued "$1" "$2"
        shift
        ;;
      *) refuse "$1: what is that?" ;;
    esac
    shift
  done
  [ -n "$os" ] || refuse 'which --os is it?'
  [ -z "$image" ] || [ -z "$iso" ] || refuse '--iso and --image: one of them'
  [ -z "$kickstart" ] || [ -n "$iso" ] || refuse '--kickstart goes with --iso, an installation medium of an RPM-based system'
  [ -n "$image" ] || [ -z "$user_data$ssh_key" ] || refuse '--user-data and --ssh-key go with --image'
  [ -z "$user_data" ] || [ -z "$ssh_key" ] || refuse '--user-data and --ssh-key: one of them'
  [ "$session" = no ] || [ "$autostart" = no ] || refuse "guests of a session do not start with the host: leave out --session, or --autostart"
  [ "$session" = no ] || [ -z "$gpus$pcis$usbs" ] || refuse 'devices of the host go to guests of the host, not of a session'
}

read_valued() {
  case "$1" in
    --os)
      matches "$1" "$2" '[a-z0-9][a-z0-9.-]*' 'one of what `phyllome-guest os` lists'
      os=$2
      ;;
    --iso) a_file "$1" "$2" && iso=$file ;;
    --image) a_file "$1" "$2" && image=$file ;;
    --drivers) a_file "$1" "$2" && drivers=$file ;;
    --kickstart) a_file "$1" "$2" && kickstart=$file ;;
    --user-data) a_file "$1" "$2" && user_data=$file ;;
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
      network=$2
      ;;
    --share) share_argument "$2" ;;
    --gpu) address_argument "$1" "$2" && gpus="$gpus$2$newline" ;;
    --pci) address_argument "$1" "$2" && pcis="$pcis$2$newline" ;;
    --usb)
      matches "$1" "$2" '[0-9a-fA-F]{4}:[0-9a-fA-F]{4}' 'VENDOR:DEVICE, as lsusb prints it'
      usbs="$usbs$2$newline"
      ;;
    --evdev)
      [ -e "$root$2" ] || refuse "$1 $2: there is no such device"
      evdevs="$evdevs$2$newline"
      ;;
    --tpm) one_of "$1" "$2" yes no && tpm_choice=$2 ;;
    --secure-boot) one_of "$1" "$2" yes no && secure_choice=$2 ;;
    --console-log)
      case "$2" in /*) console_log=$2 ;; *) console_log=$PWD/$2 ;; esac
      ;;
    *) refuse "$1: there is no such option" ;;
  esac
}

address_argument() {
  matches "$1" "$2" '[0-9a-f]{4,5}:[0-9a-f]{2}:[01][0-9a-f]\.[0-7]' 'an address such as 0000:01:00.0'
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
