# Whether the release that runs was withdrawn, as far as the last look at the index knows.
if installed phyllome-releases; then
  if first_line /var/lib/phyllome/releases/withdrawn && [ -n "$line" ]; then
    # Not wrong: a new version of the system is not given up for what its release is called.
    warn withdrawn "the release that runs was withdrawn: ${line#* }" 'phyllome-releases check tells what there is instead'
  else
    ok withdrawn 'the release that runs is not known to be withdrawn'
  fi
fi
