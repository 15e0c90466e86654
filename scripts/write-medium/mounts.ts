/** What the kernel uses of its block devices, as it tells a process. */
export interface Uses {
  readonly mounts: readonly Mount[];
  /** Devices that memory is swapped to. */
  readonly swaps: readonly string[];
}

export interface Mount {
  /** Major and minor number; `0:…` where a file system has one of its own, as btrfs. */
  readonly number: string;
  readonly at: string;
  /** A path for a device, else some word. */
  readonly source: string;
}

/** Reads /proc/self/mountinfo and /proc/swaps. */
export function readUses(mountinfo: string, swaps: string): Uses {
  return {
    mounts: lines(mountinfo).map((line) => {
      const [before = '', after = ''] = line.split(' - ');
      const fields = before.split(' ');
      return { number: fields[2] ?? '', at: plain(fields[4] ?? ''), source: plain(after.split(' ')[1] ?? '') };
    }),
    swaps: lines(swaps)
      .slice(1)
      .map((line) => plain(line.split(/\s/)[0] ?? '')),
  };
}

const lines = (text: string) => text.split('\n').filter((line) => line !== '');

/** Blanks and the like are octal numbers there. */
const plain = (field: string) =>
  field.replace(/\\([0-7]{3})/g, (_, octal) => String.fromCharCode(Number.parseInt(octal, 8)));

/** The mount that a path lies on: of those at the longest beginning of it the last, which covers the others. */
export function mountOf(path: string, { mounts }: Uses): Mount | undefined {
  const isAbove = ({ at }: Mount) => at === '/' || path === at || path.startsWith(`${at}/`);
  return mounts
    .filter(isAbove)
    .reduce<Mount | undefined>(
      (best, mount) => (best === undefined || mount.at.length >= best.at.length ? mount : best),
      undefined,
    );
}

/** Whether this mount is of that device. */
export const isMountOf = (mount: Mount, device: { readonly number: string; readonly path: string }): boolean =>
  mount.number === device.number || mount.source === device.path;
