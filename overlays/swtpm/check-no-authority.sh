if [ -n "$(ls -A /var/lib/swtpm-localca 2>/dev/null)" ]; then
  echo "/var/lib/swtpm-localca holds files; the TPM certificate authority must not be baked into an image" >&2
  exit 1
fi
