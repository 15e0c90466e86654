import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inToolsTree, SystemRunner } from '../../../scripts/process/index.ts';
import { toolsTree } from '../lab/environment.ts';

/** The system of a medium with the installer's programs laid over it, as a computer has them that was started from it. */
export async function mediumTree(iso: string, directory: string): Promise<string> {
  const root = path.join(directory, 'root');
  const argv = ['sh', '-euc', unpack, iso, directory, root];
  await new SystemRunner().run({
    argv: inToolsTree(toolsTree(), argv, { write: [directory], read: [path.dirname(iso)] }),
  });
  return root;
}

const unpack = `osirrox -indev "$0" -extract /LiveOS "$1/LiveOS" > "$1/unpack.log" 2>&1
for image in squashfs installer; do
  unsquashfs -force -no-xattrs -quiet -no-progress -dest "$2" "$1/LiveOS/$image.img" usr etc bin lib lib64 sbin >> "$1/unpack.log" 2>&1 || [ $? = 2 ]
done
chmod -R u+w "$1/LiveOS"; rm -r "$1/LiveOS"
mkdir -p "$2/run" "$2/proc" "$2/dev" "$2/sys" "$2/tmp"`;

/** A computer that is told of, not touched. */
export interface ToldComputer {
  /** What `lsblk --json` prints. */
  readonly lsblk: string;
  /** What the system was started from. */
  readonly liveSource: string;
  /** What the hardware probe prints. */
  readonly dump: string;
}

/** The command that runs the installer's program in such a tree; it sees nothing of this computer, and no device. `run`: its /run. */
export async function installerCommand(
  root: string,
  computer: ToldComputer,
  run: string,
  verb: string,
): Promise<readonly [string, ...string[]]> {
  const told = `${run}.told`;
  await mkdir(told, { recursive: true });
  await mkdir(run, { recursive: true });
  const binds: string[] = [];
  for (const [name, place, text] of [
    ['lsblk', '/usr/bin/lsblk', computer.lsblk],
    ['findmnt', '/usr/bin/findmnt', computer.liveSource],
    ['probe.sh', '/usr/lib/phyllome/installer/probe.sh', computer.dump],
  ] as const) {
    const file = path.join(told, name);
    await writeFile(`${file}.text`, text);
    await writeFile(file, `#!/bin/sh\ncat /told/${name}.text\n`);
    await chmod(file, 0o755);
    binds.push('--ro-bind', file, place);
  }
  const mounts = ['--bind', run, '/run', '--ro-bind', root, '/run/rootfsbase', '--ro-bind', told, '/told'];
  const program = `stty rows 24 cols 80; phyllome-install ${verb}; echo "ended with $?"`;
  return [
    ...['bwrap', '--die-with-parent', '--unshare-all', '--tmpfs', '/', ...topLevels(root)],
    ...['--dev', '/dev', '--proc', '/proc', '--dir', '/sys', '--tmpfs', '/tmp', ...mounts, ...binds],
    ...[
      '--clearenv',
      '--setenv',
      'PATH',
      '/usr/sbin:/usr/bin',
      '--setenv',
      'TERM',
      'vt220',
      '--setenv',
      'LANG',
      'C.UTF-8',
    ],
    ...['script', '--quiet', '--flush', '--return', '--command', program, '/dev/null'],
  ] as [string, ...string[]];
}

function topLevels(root: string): readonly string[] {
  const links = ['bin', 'sbin', 'lib', 'lib64'].flatMap((name) => ['--symlink', `usr/${name}`, `/${name}`]);
  return ['--ro-bind', `${root}/usr`, '/usr', '--ro-bind', `${root}/etc`, '/etc', ...links];
}
