import { outputOf, type Stage } from '../../plan/index.ts';
import { inImageRoot, type Privilege } from '../../process/index.ts';
import { leavingFiles, mergedRoot, withFinishedRoot } from './layers.ts';
import { withMadeAt } from './made-at.ts';

/** Directories whose files can change what dracut builds, whether or not an earlier initramfs contained them. */
export const initramfsInputs = [
  '/etc/crypttab',
  '/etc/dracut.conf',
  '/etc/dracut.conf.d/',
  '/etc/fstab',
  '/etc/kernel/',
  '/etc/modprobe.d/',
  '/etc/modules-load.d/',
  '/etc/phyllome/',
  '/etc/udev/',
  '/etc/vconsole.conf',
  '/usr/lib/dracut/',
  '/usr/lib/firmware/',
  '/usr/lib/kernel/',
  '/usr/lib/modprobe.d/',
  '/usr/lib/modules-load.d/',
  '/usr/lib/modules/',
  '/usr/lib/udev/',
];

/**
 * The live image's initramfs, built by the image's own dracut in its finished tree. What goes in besides the live
 * modules is the image's business (dracut.conf.d), not the engine's.
 */
export function initramfsStage(privilege: Privilege): Stage {
  const stage = outputOf('initramfs');
  const build = [
    // systemd-sysusers notes the day in the initramfs's own /etc/shadow.
    'export SOURCE_DATE_EPOCH="$1"',
    'version=$(ls /usr/lib/modules)',
    'test "$(echo "$version" | wc -w)" = 1 || { echo "the image has not exactly one kernel: $version" >&2; exit 1; }',
    'dracut --force --no-hostonly --no-hostonly-cmdline --reproducible --add dmsquash-live --kver "$version" /run/result/initrd.img',
    'chmod 0644 /run/result/initrd.img',
    // Fedora's package has it here; kernel-install would copy it.
    'kernel="/boot/vmlinuz-$version"; [ -e "$kernel" ] || kernel="/usr/lib/modules/$version/vmlinuz"',
    'cp "$kernel" /run/result/vmlinuz',
    // The list of what went in tells later builds whether a changed file matters.
    'lsinitrd /run/result/initrd.img > /run/result/listing',
    'sed -nE "s|^[-dlcbps][-rwxsStT]{9} +.* +[0-9]{2}:?[0-9]{2} +([^ ]+).*|/\\1|p" /run/result/listing | sort > /run/result/contents',
    'test -s /run/result/contents',
  ].join('\n');
  return {
    id: 'initramfs',
    title: 'Initramfs',
    key: { values: [], stages: ['root-tree'], files: [`${outputOf('configure')}/initramfs-inputs`] },
    reuse: { kind: 'if-unseen', contents: 'contents', changes: `${outputOf('configure')}/changes` },
    estimatedBytes: 80e6,
    steps: [
      {
        id: 'dracut',
        title: 'Building the initramfs',
        argv: withMadeAt(
          leavingFiles(
            stage,
            withFinishedRoot(
              privilege,
              'initramfs',
              inImageRoot(mergedRoot('initramfs'), ['sh', '-euc', build, 'sh'], {
                readOnlyRoot: true,
                write: [[stage, '/run/result']],
              }),
            ),
          ),
        ),
        needs: ['namespaces'],
      },
    ],
  };
}
