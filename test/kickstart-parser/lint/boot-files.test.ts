import { expect, test } from 'vitest';
import { findings, fixed, places } from './findings.ts';

const post = (body: string) => `%post --erroronfail\n${body}%end\n`;

test('bootloader-append-twice: on one line or on several, and only --append', () => {
  const found = findings(
    'bootloader-append-twice',
    'bootloader --append=a\nbootloader --location=mbr\nbootloader --append=b\n',
  );
  expect(found).toMatchObject([{ span: { start: { line: 3 } }, related: [{ span: { start: { line: 1 } } }] }]);
  expect(places('bootloader-append-twice', 'bootloader --append=a --append=b\n')).toEqual(['1:23']);
  expect(places('bootloader-append-twice', 'bootloader --append=a\nbootloader --timeout=1\n')).toEqual([]);
});

test('grub-config-on-esp: the file that leads on is left alone', () => {
  const text = post('grub2-mkconfig -o /boot/efi/EFI/fedora/grub.cfg\n');
  expect(places('grub-config-on-esp', text)).toEqual(['2:19']);
  expect(fixed('grub-config-on-esp', text)).toBe(post('grub2-mkconfig -o /boot/grub2/grub.cfg\n'));
  const output = 'chroot /mnt/sysimage grub2-mkconfig --output="/boot/efi/EFI/redhat/grub.cfg"\n';
  expect(fixed('grub-config-on-esp', post(output))).toBe(
    post('chroot /mnt/sysimage grub2-mkconfig --output="/boot/grub2/grub.cfg"\n'),
  );
  expect(places('grub-config-on-esp', text, { version: 'RHEL8' })).toEqual([]);
  expect(places('grub-config-on-esp', post('# grub2-mkconfig -o /boot/efi/EFI/fedora/grub.cfg\n'))).toEqual([]);
  expect(places('grub-config-on-esp', post('cp x /boot/efi/EFI/fedora/grub.cfg\n'))).toEqual([]);
});

test.each([
  ['grub2-mkconfig > /boot/efi/EFI/fedora/grub.cfg\n', '2:18'],
  ['grub2-mkconfig -o "/boot/efi/EFI/${ID}/grub.cfg"\n', '2:20'],
  ['grub2-mkconfig -o /boot/efi/EFI/$ID/grub.cfg\n', '2:19'],
  ['grub2-mkconfig | tee /boot/efi/EFI/centos/grub.cfg\n', '2:22'],
  ['grub2-mkconfig \\\n  -o /boot/efi/EFI/fedora/grub.cfg\n', '3:6'],
])('grub-config-on-esp: whatever the way and the spelling: %j', (script, place) => {
  expect(places('grub-config-on-esp', post(script))).toEqual([place]);
  expect(fixed('grub-config-on-esp', post(script))).toContain('/boot/grub2/grub.cfg');
});

test('grub-config-on-esp: a variable may hold the whole path', () => {
  const script = 'CFG="/boot/efi/EFI/fedora/grub.cfg"\ngrub2-mkconfig -o "$CFG"\n';
  expect(places('grub-config-on-esp', post(script))).toEqual(['3:20']);
  expect(fixed('grub-config-on-esp', post(script))).toContain('grub2-mkconfig -o "/boot/grub2/grub.cfg"\n');
  const braced = 'export out=/mnt/sysimage/boot/efi/EFI/fedora/grub.cfg\ngrub2-mkconfig > ${out}\n';
  expect(fixed('grub-config-on-esp', post(braced))).toContain('grub2-mkconfig > /mnt/sysimage/boot/grub2/grub.cfg\n');
  const others = 'CFG=/boot/efi/EFI/fedora/grub.cfg\ngrub2-mkconfig -o $CFG2\ngrub2-mkconfig -o /boot/grub2/grub.cfg\n';
  expect(places('grub-config-on-esp', post(others))).toEqual([]);
});

test.each([
  ['DIR=/boot/efi/EFI/fedora\ngrub2-mkconfig -o $DIR/grub.cfg\n', '3:19'],
  ['esp=/boot/efi/\nout="$esp/EFI/redhat"\ngrub2-mkconfig -o "${out}/grub.cfg"\n', '4:20'],
  ['for d in /boot/efi/EFI/*; do grub2-mkconfig -o $d/grub.cfg; done\n', '2:48'],
  ['for d in /mnt/sysroot/boot/efi/EFI/*\ndo\n  grub2-mkconfig > "$d/grub.cfg"\ndone\n', '4:21'],
])('grub-config-on-esp: a variable may hold the beginning of the path: %j', (script, place) => {
  expect(places('grub-config-on-esp', post(script))).toEqual([place]);
  expect(fixed('grub-config-on-esp', post(script))).toContain('/boot/grub2/grub.cfg');
});

test.each([
  'DIR=/boot/efi/EFI/fedora\nDIR=/boot/grub2\ngrub2-mkconfig -o $DIR/grub.cfg\n',
  'DIR=/boot/efi/EFI/fedora\ngrub2-mkconfig -o $DIRECTORY/grub.cfg\n',
  'DIR=/boot\ngrub2-mkconfig -o ${DIR}/grub2/grub.cfg\n',
  'grub2-mkconfig -o $DIR/grub.cfg\n',
])('grub-config-on-esp: and of another path it may: %j', (script) => {
  expect(places('grub-config-on-esp', post(script))).toEqual([]);
});

test.each([
  ['cp /boot/grub2/grub.cfg /boot/efi/EFI/fedora/grub.cfg\n', ['2:25']],
  ['cp -f /boot/grub2/grub.cfg /boot/efi/EFI/fedora/ && echo done\n', ['2:28']],
  ['mv "/tmp/grub.cfg" "/boot/efi/EFI/$ID/grub.cfg"\n', ['2:21']],
  ['install -m 0700 -t /boot/efi/EFI/fedora grub.cfg\n', ['2:20']],
  ['to=/boot/efi/EFI/fedora/grub.cfg\nif true; then cp /tmp/grub.cfg "${to}"; fi\n', ['3:33']],
  ['cp /boot/efi/EFI/fedora/grub.cfg /root/\n', []],
  ['cp /boot/efi/EFI/fedora/grub.cfg /boot/efi/EFI/BOOT/grub.cfg\n', []],
  ['cp /boot/grub2/grub.cfg /boot/efi/EFI/fedora/grub.cfg.old\n', []],
  ['# cp /boot/grub2/grub.cfg /boot/efi/EFI/fedora/grub.cfg\n', []],
  ['scp /boot/grub2/grub.cfg /boot/efi/EFI/fedora/grub.cfg\n', []],
])('grub-config-on-esp: copied there: %j', (script, found) => {
  expect(places('grub-config-on-esp', post(script))).toEqual(found);
  // What was to be copied may be needed elsewhere: a person says.
  expect(fixed('grub-config-on-esp', post(script))).toBe(post(script));
});

test('grub-config-on-esp: a line behind the command is another one', () => {
  expect(places('grub-config-on-esp', post('grub2-mkconfig\necho > /boot/efi/EFI/fedora/grub.cfg\n'))).toEqual([]);
});

test('dracut-list-without-blanks: in here-documents, echoes and escaped quotes', () => {
  const rule = 'dracut-list-without-blanks';
  const guide = post('cat > /etc/dracut.conf.d/vfio.conf <<EOF\nadd_drivers+="vfio vfio_pci"\nEOF\n');
  expect(places(rule, guide)).toEqual(['3:15']);
  expect(fixed(rule, guide)).toBe(guide.replace('"vfio vfio_pci"', '" vfio vfio_pci "'));
  const escaped = post('echo "force_drivers+=\\"vfio \\"" > /etc/dracut.conf.d/x.conf\n');
  expect(fixed(rule, escaped)).toBe(escaped.replace('vfio ', ' vfio '));
  expect(places(rule, post('echo omit_dracutmodules+=plymouth >> /etc/dracut.conf\n'))).toEqual(['2:26']);
  expect(findings(rule, post('echo omit_dracutmodules+=plymouth >> /etc/dracut.conf\n'))[0]?.fix).toBeUndefined();
  expect(places(rule, post('echo install_items+=/etc/foo\necho \'add_device+="/dev/sda"\'\n'))).toEqual([
    '2:21',
    '3:20',
  ]);
  expect(places(rule, post('echo \'add_dracutmodules+=" bash "\'\nadd_drivers="x"\n# add_drivers+="x"\n'))).toEqual([]);
});
