const library = '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1';

/**
 * Shell text. From there on mkfs.xfs and mkfs.btrfs, whoever starts them, take their time from `SOURCE_DATE_EPOCH` and what they take by chance
 * (generation numbers, UUIDs) from the UUID in the file `$seed`; `$TMPDIR/bin` has what does it. xfsprogs knows `SOURCE_DATE_EPOCH` and
 * `DETERMINISTIC_SEED` from 6.18 on, btrfs-progs no such thing.
 */
export const datedMkfs = [
  'mkdir -p "$TMPDIR/bin"',
  'for name in mkfs.xfs mkfs.btrfs; do program=$(command -v "$name") || continue',
  // Times of files are what they are.
  `  printf '%s\\n' '#!/bin/sh' "export LD_PRELOAD=${library} NO_FAKE_STAT=1 FAKETIME_DISABLE_SHM=1" \\`,
  '    "export FAKETIME_FMT=%s FAKETIME=$SOURCE_DATE_EPOCH FAKERANDOM_SEED=0x$(tr -d - < "$seed" | cut -c -16)" \\',
  '    "exec $program \\"\\$@\\"" > "$TMPDIR/bin/$name"',
  '  chmod 755 "$TMPDIR/bin/$name"',
  'done',
  'export PATH="$TMPDIR/bin:$PATH"',
].join('\n');
