import type { LabRun } from '../../../scripts/lab/index.ts';

type Qmp = LabRun['machine']['qmp'];

interface Node {
  readonly 'node-name': string;
  readonly drv: string;
  readonly file: string;
}

/** What goes wrong from a moment on, of reads or of writes. */
export interface Fault {
  readonly of: 'read' | 'write';
  /** 5: an error of the disk; 28: what is behind it is full. */
  readonly errno: 5 | 28;
}

async function nodes(qmp: Qmp): Promise<readonly Node[]> {
  return (await qmp.execute('query-named-block-nodes')) as readonly Node[];
}

async function nodeOf(qmp: Qmp, file: string, drivers: readonly string[]): Promise<string> {
  const all = await nodes(qmp);
  for (const driver of drivers) {
    const found = all.find((node) => node.drv === driver && node.file === file);
    if (found !== undefined) return found['node-name'];
  }
  throw new Error(`no block node of ${file} in ${JSON.stringify(all.map(({ drv, file: name }) => [drv, name]))}`);
}

async function addFaulty(qmp: Qmp, name: string, image: string, { of, errno }: Fault): Promise<void> {
  const inject = { event: 'none', errno, iotype: of, once: false, immediately: true };
  await qmp.execute('blockdev-add', { driver: 'blkdebug', 'node-name': name, image, 'inject-error': [inject] });
}

/** From now on a disk of the machine fails whatever is asked of it. `node`: `disk1`; `file`: its qcow2. */
export async function breakDisk({ machine: { qmp } }: LabRun, node: string, file: string, fault: Fault): Promise<void> {
  await addFaulty(qmp, `broken-${node}`, await nodeOf(qmp, file, ['file']), fault);
  await qmp.execute('blockdev-reopen', { options: [{ driver: 'qcow2', 'node-name': node, file: `broken-${node}` }] });
}

/** Nothing of the stick that the machine was started from can be read any more. Returns what makes it whole again. */
export async function breakStick(
  { machine: { qmp } }: LabRun,
  { image, layer }: { readonly image: string; readonly layer: string },
): Promise<() => Promise<void>> {
  const backing = await nodeOf(qmp, image, ['raw', 'file']);
  const own = await nodeOf(qmp, layer, ['file']);
  await addFaulty(qmp, 'broken-medium', backing, { of: 'read', errno: 5 });
  const reopen = async (over: string) => {
    await qmp.execute('blockdev-reopen', {
      options: [{ driver: 'qcow2', 'node-name': 'medium', file: own, backing: over }],
    });
  };
  await reopen('broken-medium');
  return () => reopen(backing);
}

/** Pulls out the stick that the machine was started from. */
export async function pullStick({ machine: { qmp } }: LabRun): Promise<void> {
  const blocks = (await qmp.execute('query-block')) as readonly {
    readonly qdev?: string;
    readonly inserted?: { readonly 'node-name'?: string };
  }[];
  const path = blocks.find(({ inserted }) => inserted?.['node-name'] === 'medium')?.qdev;
  const device = /^\/machine\/[^/]+\/[^/]+/.exec(path ?? '')?.[0];
  if (device === undefined) throw new Error(`no device has the medium: ${JSON.stringify(blocks)}`);
  await qmp.execute('device_del', { id: device });
}

/** Plugs in a disk on USB that tells its guest when what is behind it is full, where QEMU would stop the guest. */
export async function plugThinDisk({ machine: { qmp } }: LabRun, node: string, file: string): Promise<void> {
  await qmp.execute('blockdev-add', { driver: 'qcow2', 'node-name': node, file: { driver: 'file', filename: file } });
  await qmp.execute('device_add', { driver: 'usb-storage', bus: 'usb.0', drive: node, serial: node, werror: 'report' });
}
