import { type Check, type CheckOutcome, failed, passed } from './check.ts';

export const noDefaultPassword: Check = {
  id: 'no-default-password',
  title: 'nobody can log in with a shipped password',
  proves: 'No account of /etc/shadow has a password hash or an empty password: whoever has the image knows no way in.',
  core: true,
  async run({ guest }) {
    // The hashes stay in the guest: only the kind of each field comes out.
    const { stdout } = await guest.run(`while IFS=: read -r user field _; do
  case $field in '') kind=empty;; '!'*|'*'*) kind=locked;; *) kind=hash;; esac
  printf '%s %s\\n' "$user" "$kind"
done </etc/shadow`);
    return judgeAccounts(stdout.trimEnd().split('\n'));
  },
};

/** Lines of `USER locked|hash|empty`. */
export function judgeAccounts(lines: readonly string[]): CheckOutcome {
  const open = lines.filter((line) => !line.endsWith(' locked'));
  const described = open.map((line) =>
    line.replace(/ hash$/, ' has a password').replace(/ empty$/, ' needs no password'),
  );
  return open.length === 0
    ? passed(`all ${lines.length} accounts are locked`)
    : failed(described.join('; '), [], { accounts: open.map((line) => line.split(' ')[0] ?? '') });
}
