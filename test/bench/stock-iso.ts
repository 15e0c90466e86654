import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { grubConfiguration } from '../../scripts/engines/direct/grub-configuration.ts';
import { inToolsTree } from '../../scripts/process/index.ts';

/**
 * A live ISO of a plain Debian 13 server with libvirt, made like ours from the tree of `stock-debian.sh`: same file
 * system and compression, same boot menu, and no kernel argument but those for the console. Made once; its path.
 * `more` packages are installed on top.
 */
export function stockIso(directory: string, toolsRoot: string, more: readonly string[] = []): string {
  const iso = path.join(directory, 'stock.iso');
  if (existsSync(iso)) return iso;
  const run = ([program, ...args]: readonly [string, ...string[]]) => execFileSync(program, args, { stdio: 'inherit' });
  if (!existsSync(path.join(directory, 'initrd.img'))) {
    run([new URL('stock-debian.sh', import.meta.url).pathname, directory, ...more]);
  }
  const tree = path.join(directory, 'iso');
  mkdirSync(path.join(tree, 'LiveOS'), { recursive: true });
  mkdirSync(path.join(tree, 'boot/grub'), { recursive: true });
  for (const file of ['vmlinuz', 'initrd.img']) cpSync(path.join(directory, file), path.join(tree, 'boot', file));
  const kernelArguments = ['console=tty0', 'console=ttyS0,115200'];
  writeFileSync(
    path.join(tree, 'boot/grub/grub.cfg'),
    grubConfiguration(
      { title: 'Debian 13 with libvirt', kernelArguments },
      { volumeId: 'STOCK', imageMiB: '0', neededMiB: '0' },
    ),
  );
  const pack = `mksquashfs - "$1" -tar -noappend -quiet -no-progress -comp zstd -Xcompression-level 3 \
    -wildcards -e 'boot/*.img' 'boot/vmlinuz*' 'initrd*' 'vmlinuz*' < "$2"`;
  const squashfs = path.join(tree, 'LiveOS/squashfs.img');
  run(
    inToolsTree(toolsRoot, ['sh', '-euc', pack, 'pack', squashfs, path.join(directory, 'root.tar')], {
      write: [directory],
    }),
  );
  run(
    inToolsTree(toolsRoot, ['grub-mkrescue', '-quiet', '-o', iso, tree, '--', '-volid', 'STOCK'], {
      write: [directory],
    }),
  );
  return iso;
}
