/**
 * Shell commands that release the loop devices over files of the directory `$0`, and the partitions on them, which
 * livemedia-creator names after the image. A file is known by its path, or by its number where another mount namespace
 * (a container) gave it another path.
 */
export const releaseLoops = [
  'losetup --list --noheadings --output NAME,BACK-INO,BACK-FILE | while read -r device inode file; do',
  '  case $file in "$0"/*) ;; *) file=$(find "$0" -xdev -inum "$inode" 2> /dev/null); [ -n "$file" ] || continue ;; esac',
  '  name=$(basename "${file%% (deleted)}"); name=${name%.*}',
  '  for part in /dev/mapper/"$name"[0-9p]*; do [ ! -e "$part" ] || dmsetup remove --force "$part"; done',
  '  losetup --detach "$device"',
  'done',
].join('\n');
