import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { inImageRoot, inNamespaces, inToolsTree, type Privilege, privilegeOf } from '../../scripts/process/index.ts';

const privilege = privilegeOf();

function run(argv: readonly string[]) {
  const [program = '', ...rest] = argv;
  const { status, stdout, stderr } = spawnSync(program, rest, { encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** What a stranger's script could try: each prints its name where it succeeds. */
const setting = '/proc/sys/kernel/printk_ratelimit';
// None would change anything where it succeeded.
const attempts: Readonly<Record<string, string>> = {
  'a device of the host': 'mknod /tmp/disk b 254 0 && head -c 1 /tmp/disk',
  'a device file': 'mknod /tmp/null c 1 3',
  mounting: 'mkdir -p /tmp/there && mount -t tmpfs none /tmp/there',
  'a kernel setting': `value=$(cat ${setting}) && echo "$value" > ${setting}`,
  'making kernel settings writable': 'mount -o remount,rw /proc/sys',
  'uncovering kernel settings': 'umount /proc/sys',
  'the magic key': 'test -w /proc/sysrq-trigger',
  'an interrupt': 'value=$(cat /proc/irq/default_smp_affinity) && echo "$value" > /proc/irq/default_smp_affinity',
  'a setting below /sys':
    'value=$(cat /sys/kernel/mm/transparent_hugepage/enabled) && : > /sys/kernel/mm/transparent_hugepage/enabled',
  'making /sys writable': 'mount -o remount,rw,bind /sys /sys',
  'the clock': 'date -s "@$(date +%s)"',
  'the name of the machine': 'hostname "$(hostname)"',
  'the kernel log': 'dmesg',
  'a network card': 'ip link add stranger type dummy',
};

const script = Object.entries(attempts)
  .map(([name, attempt]) => `if (${attempt}) > /dev/null 2>&1; then echo '${name}'; fi`)
  .join('\n');
/** What building a tree needs. */
const work = 'cd /tmp && touch file && chown 1:1 file && chmod 4755 file && stat -c %u:%a file';

const places: readonly (readonly [string, (argv: readonly string[]) => readonly string[]])[] = [
  ['in the tree', (argv) => inImageRoot('/', argv, { readOnlyRoot: true })],
  // The host's own tree stands for one of tools.
  ['beside the tree', (argv) => inToolsTree('', argv, { confined: true })],
];

describe.each(places)('a script %s', (_, inPlace) => {
  const inside = (text: string) => run(inNamespaces(privilege, inPlace(['sh', '-c', text])));

  test('reaches nothing of the machine, whoever builds', () => {
    expect(inside(`${script}\necho end`)).toEqual({ status: 0, stdout: 'end\n', stderr: '' });
  });

  test('has what building a tree takes', () => {
    expect(inside(work)).toEqual({ status: 0, stdout: '1:4755\n', stderr: '' });
  });
});

test('root and others have the same powers', () => {
  const powers = (as: Privilege) =>
    places.map(([, inPlace]) => {
      const argv = inNamespaces(as, inPlace(['true']));
      return argv.filter((_, index) => argv[index - 1] === '--cap-add' || argv[index - 1] === '--cap-drop');
    });
  expect(powers('root')).toEqual(powers('user-namespace'));
  for (const one of powers('root')) {
    expect(one[0]).toBe('ALL');
    expect(one).not.toContain('CAP_SYS_ADMIN');
    expect(one).not.toContain('CAP_MKNOD');
    expect(one).not.toContain('CAP_DAC_READ_SEARCH');
  }
});
