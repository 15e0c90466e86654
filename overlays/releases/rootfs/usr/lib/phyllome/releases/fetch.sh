# A release into a directory, verified file by file. Sourced by phyllome-releases, with the index judged.

most_sums_bytes=1048576

sum_of() { sha256sum < "$1" | cut -d ' ' -f 1; }

refuse_little_room() { # refuse_little_room DIRECTORY
  free=$(df --output=avail --block-size=1M "$1" | tail -n 1)
  wanted=$((bytes / 1048576 + 2 - $(du --block-size=1M --summarize "$stage" | cut -f 1)))
  [ "$free" -ge "$wanted" ] || stop "$1 has $((free)) MiB left, and release $offered takes $wanted more" 'Name a directory with more room.'
}

# fetch_release DIRECTORY: all of it or nothing; what an interruption left lies beside it, in DIRECTORY.part.
fetch_release() {
  target=$1 stage=$1.part name=$own_product-$offered
  [ ! -e "$target" ] && [ ! -L "$target" ] || stop "$target is there already" 'What is fetched gets a new directory.'
  [ -d "$(dirname "$target")" ] || stop "$(dirname "$target") is no directory"
  # Left by another release: its files would be taken for this one's.
  [ "$(cat "$stage/.release" 2> /dev/null)" = "$sums" ] || rm -rf "$stage"
  mkdir -p "$stage"
  refuse_little_room "$(dirname "$target")"
  write_whole "$stage/.release" "$sums"
  get "$name/SHA256SUMS" "$stage/SHA256SUMS" "$most_sums_bytes"
  [ "$(sum_of "$stage/SHA256SUMS")" = "$sums" ] || damaged SHA256SUMS
  get "$name/SHA256SUMS.minisig" "$stage/SHA256SUMS.minisig" 8192
  signed_by_us "$stage/SHA256SUMS" "$stage/SHA256SUMS.minisig" || damaged SHA256SUMS.minisig
  while read -r sum file; do
    # As sha256sum writes it where it reads in binary.
    file=${file#\*}
    case /$file/ in */../* | */./* | *//*) stop "$name/SHA256SUMS names a file outside of the release: $file" ;; esac
    case $file in .release | SHA256SUMS*) stop "$name/SHA256SUMS names $file, which is no file of a release" ;; esac
    mkdir -p "$(dirname "$stage/$file")"
    if [ ! -f "$stage/$file" ] || [ "$(sum_of "$stage/$file")" != "$sum" ]; then
      get "$name/$file" "$stage/$file" "$bytes" again
      [ "$(sum_of "$stage/$file")" = "$sum" ] || damaged "$file"
    fi
  done < "$stage/SHA256SUMS"
  rm "$stage/.release"
  sync -f "$stage"
  mv -T "$stage" "$target"
  history fetched "$name" "from $address"
  say "release $offered is in $target: every file is what was signed"
  echo "  Write its image to a stick or another disk (phyllome write, or dd), and start that; nothing on this host has changed."
}

damaged() { # damaged FILE: it is not kept, so that the next run fetches it anew
  rm -f "$stage/$1"
  stop "$address/$name/$1 is not what was signed: damaged on the way, or changed" "What was right is in $stage; the same command goes on."
}
