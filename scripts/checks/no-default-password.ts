import { type Check, type CheckOutcome, failed, passed } from './check.ts';

export const noDefaultPassword: Check = {
  id: 'no-default-password',
  title: 'nobody can log in with a shipped password',
  proves:
    'No account but those that the flavour gives a password has a password hash or an empty password: whoever has the image knows no way in.',
  core: true,
  async run({ guest, expect }) {
    // The hashes stay in the guest: only the kind of each field comes out. An `x` in passwd points to shadow.
    const { stdout } = await guest.run(`cat /etc/passwd /etc/shadow | while IFS=: read -r user field _; do
  case $field in '') kind=empty;; x) continue;; '!'*|'*'*) kind=locked;; *) kind=hash;; esac
  printf '%s %s\\n' "$user" "$kind"
done`);
    return judgeAccounts(stdout.trimEnd().split('\n'), expect.accountsWithPassword);
  },
};

/** Lines of `USER locked|hash|empty`; a hash is fine for the accounts in `allowed`. */
export function judgeAccounts(lines: readonly string[], allowed: readonly string[] = []): CheckOutcome {
  const intended = allowed.map((user) => `${user} hash`);
  const open = lines.filter((line) => !line.endsWith(' locked') && !intended.includes(line));
  const described = open.map((line) =>
    line.replace(/ hash$/, ' has a password').replace(/ empty$/, ' needs no password'),
  );
  if (open.length > 0)
    return failed(described.join('; '), [], { accounts: open.map((line) => line.split(' ')[0] ?? '') });
  const others = lines.length - intended.length;
  return passed(
    allowed.length === 0
      ? `all ${lines.length} accounts are locked`
      : `all ${others} accounts but ${allowed.join(', ')} are locked`,
  );
}
