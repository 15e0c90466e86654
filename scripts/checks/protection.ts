import { type Check, failed, passed } from './check.ts';

/** What must be read below /proc/sys, by the name there: the value or, with `atLeast`, a larger one. */
const exactly: Readonly<Record<string, string>> = {
  'fs/protected_hardlinks': '1',
  'fs/protected_symlinks': '1',
  'fs/protected_regular': '2',
  'fs/protected_fifos': '1',
};
const atLeast: Readonly<Record<string, number>> = { 'kernel/kptr_restrict': 1, 'vm/max_map_count': 262_144 };

/** Of each card, and of `default`, which a card that comes later begins with. */
const ofCards = /^net\/ipv[46]\/conf\/([^/]+)\/(accept_redirects|send_redirects|accept_source_route|rp_filter)$/;

export const protection: Check = {
  id: 'protection',
  title: 'the kernel protects as in a stock installation',
  proves:
    'Read from the running kernel: files of others in shared directories are guarded, no card takes or sends redirects or source routes, forged senders are dropped on every card, and kernel addresses are hidden.',
  core: true,
  async run({ guest }) {
    const { stdout } = await guest.run(`cd /proc/sys
for file in fs/protected_* kernel/kptr_restrict vm/max_map_count \\
  net/ipv[46]/conf/*/accept_redirects net/ipv4/conf/*/send_redirects net/ipv4/conf/*/accept_source_route net/ipv4/conf/*/rp_filter; do
  [ ! -r "$file" ] || printf '%s %s\\n' "$file" "$(cat "$file")"
done; true`);
    const lines = stdout.split('\n').filter((line) => line !== '');
    const wrong = unprotected(new Map(lines.map((line) => line.split(' ', 2) as [string, string])));
    const evidence = lines.filter((line) => !ofCards.test(line));
    return wrong.length === 0
      ? passed(`${lines.length} values are as they must be`, evidence)
      : failed(wrong.join('; '), evidence, { wrong });
  },
};

/** What is said of each value that leaves something open. */
function unprotected(values: ReadonlyMap<string, string>): string[] {
  const known = [
    ...Object.entries(exactly).map(([name, wanted]) => ({ name, wanted, fine: values.get(name) === wanted })),
    ...Object.entries(atLeast).map(([name, least]) => ({
      name,
      wanted: `${least} or more`,
      fine: Number(values.get(name) ?? Number.NaN) >= least,
    })),
  ];
  const everywhere = Number(values.get('net/ipv4/conf/all/rp_filter') ?? 0);
  const cards = [...values].flatMap(([name, value]) => {
    const [, card = '', setting] = ofCards.exec(name) ?? [];
    if (setting === undefined) return [];
    // The larger one of a card's and of all cards' counts; the loopback has no forged senders.
    if (setting === 'rp_filter')
      return card === 'all' || card === 'lo'
        ? []
        : [{ name, wanted: '1 or 2', fine: Math.max(everywhere, Number(value)) > 0 }];
    return [{ name, wanted: '0', fine: value === '0' }];
  });
  return [...known, ...cards]
    .filter(({ fine }) => !fine)
    .map(({ name, wanted }) => `${name.replaceAll('/', '.')} is ${values.get(name) ?? 'missing'}, not ${wanted}`);
}
