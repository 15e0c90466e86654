/** A way in without a password that a file of the system opens. */
interface OpenLogin {
  /** Directories of such files, in the tree. */
  readonly places: readonly string[];
  /** A line that opens it: an extended regular expression of POSIX, of blanks and classes that JavaScript has, too. */
  readonly line: string;
}

// What agetty starts without asking for a name: another program than login, or login told that somebody is known.
const KNOWN = '(-f |-l |--login-program)';
const UNASKED = '(-n|--skip-login) ';

/** Every way that flavours, and whoever looks at an image, are asked for. */
const openLogins: readonly OpenLogin[] = [
  {
    places: ['/etc/systemd/system', '/usr/lib/systemd/system'],
    line: `^[^#;]*(agetty .*((-a|--autologin)[ =]|${UNASKED}.*${KNOWN}|${KNOWN}.*${UNASKED})|/login (.* )?-f )`,
  },
  { places: ['/etc/gdm3', '/etc/gdm'], line: '^[ \t]*(AutomaticLogin|TimedLogin)[ \t]*=' },
  { places: ['/etc/greetd'], line: '^[ \t]*\\[initial_session\\]' },
  { places: ['/etc/lightdm'], line: '^[ \t]*autologin-user[ \t]*=' },
  { places: ['/etc/sddm.conf', '/etc/sddm.conf.d'], line: '^[ \t]*\\[Autologin\\]' },
];

/** Whether a file of that path and text lets somebody in. */
export function opensLogin(path: string, text: string): boolean {
  const isAccounts = path === '/etc/passwd' || path === '/etc/shadow';
  // In a tree each such account is told by its name.
  if (isAccounts && /^[^:#]+::/m.test(text)) return true;
  return openLogins.some(
    ({ places, line }) =>
      places.some((place) => path === place || path.startsWith(`${place}/`)) && new RegExp(line, 'm').test(text),
  );
}

/**
 * Shell text that prints a line for each way into the system without a password: `PATH lets somebody in`, `ACCOUNT needs no
 * password`, `debug-shell.service is a shell of root's`. `PHYLLOME_ROOT` is for tests.
 */
export const listOpenLogins = [
  'top=${PHYLLOME_ROOT-}',
  ...openLogins.map(
    ({ places, line }) =>
      `grep -rlsE -- '${line}' ${places.map((place) => `"$top${place}"`).join(' ')} | sed "s|^$top||; s/$/ lets somebody in/"`,
  ),
  `cat "$top/etc/passwd" "$top/etc/shadow" | awk -F: 'NF > 1 && $2 == "" { print $1 " needs no password" }'`,
  'for wants in "$top"/etc/systemd/system/*.wants/debug-shell.service; do [ ! -L "$wants" ] || echo "debug-shell.service is a shell of root\'s"; done',
].join('\n');
