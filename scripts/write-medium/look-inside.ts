import type { Runner } from '../process/index.ts';
import type { BlockDevice } from './block-devices.ts';

/**
 * Asks the disk and its partitions themselves what is on them: lsblk tells what udev noted, which may be old, or nothing
 * where no udev runs.
 */
export async function lookInside(device: BlockDevice, runner: Runner): Promise<BlockDevice> {
  const argv = ['blkid', '--probe', '--output', 'export', device.path] as const;
  const { stdout, exitCode } = await runner.run({ argv }, { allowFailure: true });
  const children: BlockDevice[] = [];
  for (const child of device.children) children.push(await lookInside(child, runner));
  return { ...device, ...foundBy(stdout, exitCode, device), children };
}

/** What blkid answers where marks of several systems are on a disk: none of them is sure. */
const ambivalent = 8;

/** `exitCode` 2 is blkid's for nothing. */
export function foundBy(
  stdout: string,
  exitCode: number | null,
  noted: Pick<BlockDevice, 'label'>,
): Pick<BlockDevice, 'content' | 'table' | 'label'> {
  if (exitCode === ambivalent) return { content: 'marks of several systems', table: '', label: '' };
  const values = new Map(
    stdout.split('\n').map((line): [string, string] => {
      const at = line.indexOf('=');
      return [line.slice(0, at), line.slice(at + 1).replace(/\\(.)/g, '$1')];
    }),
  );
  return {
    content: values.get('TYPE') ?? '',
    table: values.get('PTTYPE') ?? '',
    label: values.get('LABEL') ?? values.get('PART_ENTRY_NAME') ?? noted.label,
  };
}
