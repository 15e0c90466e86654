const library = '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1';

/**
 * Shell text. From there on mkfs.xfs, whoever starts it, takes its time from `SOURCE_DATE_EPOCH` and its generation numbers, which are by chance,
 * from the UUID in the file `$seed`; `$TMPDIR/bin` has what does it. xfsprogs knows `SOURCE_DATE_EPOCH` and `DETERMINISTIC_SEED` from 6.18 on.
 */
export const datedMkfs = [
  'mkdir -p "$TMPDIR/bin"; program=$(command -v mkfs.xfs)',
  // Times of files are what they are.
  `printf '%s\\n' '#!/bin/sh' "export LD_PRELOAD=${library} NO_FAKE_STAT=1 FAKETIME_DISABLE_SHM=1" \\`,
  '  "export FAKETIME_FMT=%s FAKETIME=$SOURCE_DATE_EPOCH FAKERANDOM_SEED=0x$(tr -d - < "$seed" | cut -c -16)" \\',
  '  "exec $program \\"\\$@\\"" > "$TMPDIR/bin/mkfs.xfs"',
  'chmod 755 "$TMPDIR/bin/mkfs.xfs"; export PATH="$TMPDIR/bin:$PATH"',
].join('\n');
