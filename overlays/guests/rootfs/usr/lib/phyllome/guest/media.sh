# Whether the files that were given can be what they were given for, by their first bytes: before anything is made.

first_bytes() { # first_bytes FILE: sets $bytes to the first eight in hexadecimal
  bytes=$(od -A n -t x1 -N 8 "$1" | tr -d ' \n')
}

packed_by() { # sets $unpack to the command that unpacks what begins so, to nothing for what is not packed
  unpack=
  case "$bytes" in
    1f8b* | 1f9d*) unpack='gunzip --keep' ;;
    fd377a585a00*) unpack='unxz --keep' ;;
    28b52ffd*) unpack='unzstd' ;;
    425a68*) unpack='bunzip2 --keep' ;;
    504b0304*) unpack='unzip' ;;
    377abcaf271c*) unpack='7z x' ;;
    526172211a07*) unpack='unrar x' ;;
    04224d18*) unpack='unlz4' ;;
    4c5a4950*) unpack='lzip --decompress --keep' ;;
    5d000080* | 5d000001* | 5d000004*) unpack='unlzma --keep' ;;
  esac
}

check_medium() { # check_medium OPTION FILE
  [ -n "$2" ] && [ -e "$2" ] || return 0
  [ -s "$2" ] || refuse "$1 $2: the file is empty"
  first_bytes "$2"
  packed_by
  # An archive of tar, as appliances (.ova) are, too.
  [ "$(dd if="$2" bs=1 skip=257 count=5 2> /dev/null | tr -d '\0')" != ustar ] || unpack='tar --extract --file'
  [ -z "$unpack" ] || refuse "$1 $2: it is packed. Unpack it, and give what comes of it:  $unpack $(word "$2")"
  case "$bytes" in
    3c21444f43545950* | 3c21646f63747970* | 3c68746d6c* | 3c48544d4c*)
      refuse "$1 $2: it is a web page; the download went wrong"
      ;;
    64383a616e6e6f75* | 3c3f786d6c*)
      refuse "$1 $2: it only says where the download is; give what is downloaded by it"
      ;;
    68737173* | 4d5357494d*)
      refuse "$1 $2: it is a file system that a medium holds, and nothing that starts"
      ;;
    514649fb* | 7668647866696c65* | 4b444d56* | 3c3c3c20*)
      [ "$1" = --image ] || refuse "$1 $2: it is the image of a disk; see --image"
      ;;
  esac
}

# An ISO file system tells its name behind its first sixteen sectors; what can be written to a disk as well has a boot sector.
check_image() {
  [ -n "$image" ] || return 0
  case "$bytes" in 514649fb* | 7668647866696c65* | 4b444d56* | 3c3c3c20*) return 0 ;; esac
  [ "$(dd if="$image" bs=1 skip=32769 count=5 2> /dev/null)" != CD001 ] ||
    refuse "--image $image: it is the image of a CD; see --iso"
}

# cloud-init looks at the first line only, and leaves a file alone that begins otherwise: without a word, and nobody can log in.
check_user_data() {
  [ -n "$user_data" ] || return 0
  first_bytes "$user_data"
  case "$bytes" in 1f8b*) return 0 ;; esac
  first=
  IFS= read -r first < "$user_data" || :
  case "$first" in
    '#cloud-config'* | '#!'* | '#include'* | '#cloud-boothook'* | '#part-handler'* | '## template:'*) ;;
    [Cc]ontent-[Tt]ype:* | [Mm][Ii][Mm][Ee]-[Vv]ersion:*) ;;
    *) refuse "--user-data $user_data: cloud-init reads none of it; its first line must be \`#cloud-config\`, or \`#!\` of a script" ;;
  esac
}

check_network_config() {
  [ -n "$network_config" ] || return 0
  grep -Eq '^[[:space:]{"]*version"?[[:space:]]*:[[:space:]]*"?[12]' "$network_config" ||
    refuse "--network-config $network_config: it says no \`version: 1\` or \`version: 2\`, so cloud-init does not read it"
}

check_ssh_key() {
  [ -n "$ssh_key" ] || return 0
  ! grep -q 'PRIVATE KEY\|PuTTY-User-Key-File' "$ssh_key" ||
    refuse "--ssh-key $ssh_key: it is a private key; give the .pub file"
  grep -Eq '^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)|sk-[a-z0-9-]+@openssh\.com) [A-Za-z0-9+/]+' "$ssh_key" ||
    refuse "--ssh-key $ssh_key: no public key is in it; ssh-keygen -t ed25519 makes a pair"
}

check_media() {
  check_medium --drivers "$drivers"
  check_medium --iso "$iso"
  check_medium --image "$image"
  check_image
  check_user_data
  check_network_config
  check_ssh_key
  [ -n "$iso$image" ] || [ "$dry_run" = yes ] || [ "$start" = no ] ||
    refuse 'it would start from nothing: give --iso or --image; --no-start defines it only'
}
