import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { inToolsTree, SystemRunner } from '../../../scripts/process/index.ts';
import { places } from '../image/phyllome.ts';
import { makeStandInIso } from './stand-in-iso.ts';

interface BuildRecord {
  readonly tools: string;
  readonly stages: readonly { readonly id: string; readonly key: string }[];
}

const record = () => JSON.parse(readFileSync(path.join(places.out, 'nano/build.json'), 'utf8')) as BuildRecord;

export function toolsRoot(): string {
  return path.join(record().tools, 'root');
}

/** A stand-in for Fedora's medium, with what `--sha256` must be told of it. Removed by `remove`. */
export async function standIn(): Promise<{ file: string; sha256: string; directory: string; remove: () => void }> {
  const directory = mkdtempSync(path.join(places.out, 'stand-in-'));
  const initramfs = record().stages.find(({ id }) => id === 'initramfs');
  const file = await makeStandInIso({
    toolsRoot: toolsRoot(),
    initramfs: path.join(places.cache, 'stages', `initramfs-${initramfs?.key}`),
    directory,
    script: readFileSync(path.join(import.meta.dirname, 'stand-in.sh'), 'utf8'),
  });
  const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
  return { file, sha256, directory, remove: () => rmSync(directory, { recursive: true }) };
}

/** Runs a program of the tools tree that may read these files' directories. */
export function inTools(argv: readonly string[], read: readonly string[]) {
  return new SystemRunner().run({ argv: inToolsTree(toolsRoot(), argv, { read }) }, { allowFailure: true });
}

/** Boots a medium, beside `disk` if there is one, and answers what it says on the serial console up to the line `until`. */
export async function bootMedium(
  file: string,
  firmware: 'bios' | 'uefi',
  until: RegExp,
  disk?: string,
): Promise<readonly string[]> {
  const directory = mkdtempSync(path.join(places.out, 'boot-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const flash = [
    '-drive',
    'if=pflash,format=raw,unit=0,readonly=on,file=/usr/share/OVMF/OVMF_CODE_4M.fd',
    '-drive',
    `if=pflash,format=raw,unit=1,file=${directory}/variables.fd`,
  ];
  const qemu = [
    'qemu-system-x86_64',
    '-no-user-config',
    '-nodefaults',
    '-display',
    'none',
    '-no-reboot',
    '-machine',
    'q35',
    '-accel',
    'tcg,thread=multi',
    '-cpu',
    'EPYC',
    '-smp',
    '2',
    '-m',
    '1024',
    '-device',
    'VGA',
    '-serial',
    'stdio',
    ...(firmware === 'uefi' ? flash : []),
    '-drive',
    `if=none,id=medium,media=cdrom,readonly=on,file=${file}`,
    '-device',
    'ide-cd,drive=medium,bus=ide.0,bootindex=0',
    ...(disk === undefined
      ? []
      : ['-drive', `if=none,id=disk,format=raw,readonly=on,file=${disk}`, '-device', 'virtio-blk-pci,drive=disk']),
  ];
  const script = `cp /usr/share/OVMF/OVMF_VARS_4M.fd ${directory}/variables.fd; exec "$@"`;
  const lines: string[] = [];
  const running = new SystemRunner().start(
    {
      argv: inToolsTree(toolsRoot(), ['sh', '-euc', script, 'sh', ...qemu], {
        write: [directory],
        read: [path.dirname(file), ...(disk === undefined ? [] : [path.dirname(disk)])],
      }),
    },
    {
      timeoutMs: 10 * 60_000,
      onLine: (line) => {
        lines.push(line);
        if (until.test(line)) void running.stop();
      },
    },
  );
  await running.completed;
  return lines;
}

/** The kickstart that the stand-in showed. */
export function shownKickstart(lines: readonly string[]): string {
  const from = lines.findIndex((line) => line.startsWith('KICKSTART from '));
  const to = lines.indexOf('KICKSTART END');
  return (
    lines
      .slice(from + 1, to)
      // The system around it may say something in between.
      .filter((line) => line.startsWith('|'))
      .map((line) => line.replace(/^\| ?/, '').trimEnd())
      .join('\n')
  );
}
