# Debian keeps the program outside PATH. --strict: a default for a key that does not exist is an error, not a warning.
for compile in /usr/bin/glib-compile-schemas /usr/lib/*/glib-2.0/glib-compile-schemas; do
  [ -x "$compile" ] || continue
  exec "$compile" --strict /usr/share/glib-2.0/schemas
done
echo "glib-compile-schemas is not installed" >&2
exit 1
