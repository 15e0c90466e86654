import { expect, test } from 'vitest';
import { findings, fixed, places } from './findings.ts';

test('log-inside-chroot: not for scripts outside the chroot', () => {
  expect(places('log-inside-chroot', '%post --nochroot --log=/mnt/sysimage/l\ntrue\n%end\n')).toEqual([]);
  expect(fixed('log-inside-chroot', '%post --log="/mnt/sysroot/l"\ntrue\n%end\n')).toBe(
    '%post --log="/l"\ntrue\n%end\n',
  );
  expect(fixed('log-inside-chroot', '%post --log /mnt/sysimage/l\ntrue\n%end\n')).toBe('%post --log /l\ntrue\n%end\n');
});

test('post-without-error-handling: set -e in any spelling is enough in a shell', () => {
  const post = (header: string, body: string) =>
    places('post-without-error-handling', `%post${header}\n${body}\n%end\n`);
  expect(post('', 'set -euo pipefail')).toEqual([]);
  expect(post('', 'set -o errexit')).toEqual([]);
  expect(post(' --erroronfail', 'true')).toEqual([]);
  expect(post('', 'set -x')).toEqual(['1:1']);
  expect(post(' --interpreter=/usr/bin/python3', 'set -e')).toEqual(['1:1']);
  const late = '%post # late\ntrue\n%end\n';
  expect(fixed('post-without-error-handling', late)).toBe(late);
  expect(findings('post-without-error-handling', late)).toMatchObject([
    { suggestions: [{ edits: [{ text: ' --erroronfail', span: { start: { line: 1, column: 6 } } }] }] },
  ]);
});

test('dead-kernel-module: in scripts and on the kernel command line, whole names only', () => {
  const text =
    'bootloader --append="rd.driver.pre=vfio_virqfd"\n%post\n# vfio_mdev is gone\nmodprobe vfio-mdev\nmy_vfio_mdev_x\n%end\n';
  expect(places('dead-kernel-module', text)).toEqual(['1:12', '4:10']);
  const echo = '%post\necho \'add_drivers+=" vfio vfio_virqfd pci "\'\n%end\n';
  expect(fixed('dead-kernel-module', echo)).toBe(echo.replace(' vfio_virqfd', ''));
});

test('grub-default-not-applied: a later script may apply it, an earlier command does not', () => {
  const change = "sed -i 's/a/b/' /etc/default/grub\n";
  const apply = 'grub2-mkconfig -o /boot/grub2/grub.cfg\n';
  const post = (body: string) => `%post\n${body}%end\n`;
  expect(places('grub-default-not-applied', post(change + apply))).toEqual([]);
  expect(places('grub-default-not-applied', post(change) + post(apply))).toEqual([]);
  expect(places('grub-default-not-applied', post(apply + change))).toEqual(['3:1']);
  expect(places('grub-default-not-applied', post('echo X >> /etc/default/grub\n'))).toEqual(['2:1']);
  expect(places('grub-default-not-applied', post('cat /etc/default/grub\n'))).toEqual([]);
});

test('heredoc-left-open: quotes, tabs, several documents and what only looks like one', () => {
  const post = (body: string) => places('heredoc-left-open', `%post\n${body}%end\n`);
  expect(post("cat <<'E O F'\nx\nE O F\n")).toEqual([]);
  expect(post('cat <<-EOF\n\tx\n\tEOF\n')).toEqual([]);
  expect(post('cat <<EOF\n\tEOF\n')).toEqual(['2:5']);
  expect(post('cat <<A <<B\nA\nB\n')).toEqual([]);
  expect(post('cat <<A <<B\nB\nA\n')).toEqual(['2:9']);
  expect(post("awk '\n{ x = y << 2 }\n'\n")).toEqual([]);
  expect(post("awk '\n'\ncat << E\n")).toEqual(['4:5']);
  expect(post('cat <<< here\necho "a << b"\n# << no\n(( x << 2 ))\n')).toEqual([]);
});

test('shell-syntax: positions are mapped back, other interpreters left alone', () => {
  const text = 'lang C\n%pre\necho ok\n  fi\n%end\n%post --interpreter=/usr/bin/python3\nif x:\n  fi\n%end\n';
  expect(findings('shell-syntax', text)).toMatchObject([
    { span: { file: 'test.ks', start: { line: 4, column: 3 } }, message: expect.stringContaining('syntax error') },
  ]);
  expect(findings('shell-syntax', text, { checkShell: false })).toEqual([]);
  expect(findings('shell-syntax', text, { checkShell: () => [{ line: 99, message: 'late' }] })).toMatchObject([
    { span: { start: { line: 4 } }, message: 'bash: late' },
  ]);
});
