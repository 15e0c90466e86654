import { type Check, failed, passed } from './check.ts';

/** What programs decide by: it stays the distribution's. */
const KEPT = ['ID', 'VERSION_ID', 'VERSION_CODENAME'] as const;

export const systemName: Check = {
  id: 'system-name',
  title: 'os-release has our name and the distribution’s id',
  proves:
    'What people read in /etc/os-release (name, edition, version) is ours, and what programs decide by (ID, VERSION_ID, VERSION_CODENAME) is what the distribution says now.',
  async run({ guest }) {
    const { stdout } = await guest.run('cat /etc/os-release; echo; cat /usr/lib/os-release', { allowFailure: true });
    const [ours = '', theirs = ''] = stdout.split('\n\n');
    const name = valueIn(ours, 'PRETTY_NAME') ?? '';
    const wrong = [
      ...(/^Phyllome OS .*\d+\.\d+\.\d+$/.test(name) ? [] : [`the system calls itself “${name}”`]),
      ...KEPT.filter((key) => valueIn(ours, key) !== valueIn(theirs, key)).map(
        (key) =>
          `${key} is ${valueIn(ours, key) ?? 'missing'}, and the distribution’s ${valueIn(theirs, key) ?? 'has none'}`,
      ),
    ];
    const evidence = stdout.split('\n').filter((line) => line !== '');
    return wrong.length === 0 ? passed(name, evidence) : failed(wrong.join('; '), evidence);
  },
};

/** The value of a key of os-release, without its quotes. */
function valueIn(text: string, key: string): string | undefined {
  return new RegExp(`^${key}=(["']?)(.*)\\1$`, 'm').exec(text)?.[2];
}
