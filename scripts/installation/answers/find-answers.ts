import { fetchText } from '../fetch-text.ts';
import type { Machine } from '../machine.ts';
import { liveMedium } from '../steps/copy-steps.ts';

/** An answer file with how it is named in findings; or why one that was named cannot be had. */
export type FoundAnswers =
  | { readonly kind: 'found'; readonly text: string; readonly name: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'unreachable'; readonly message: string; readonly hint?: string };

/** Anaconda looks for a volume of this name, and for this file on it. */
const driveLabel = 'OEMDRV';
const driveFile = 'ks.cfg';

const credential = '/run/credentials/@system/phyllome.answers';
const onMedium = `${liveMedium}/answers.ks`;
const mountPoint = '/run/phyllome-installer/answers';

/**
 * Looks for the answers of an unattended installation. What the boot entry names comes first and must be there; then a systemd
 * credential, a volume OEMDRV, and the medium itself.
 */
export function findAnswers(machine: Machine): FoundAnswers {
  const named = /(?:^|\s)inst\.ks=(\S+)/.exec(machine.read('/proc/cmdline') ?? '')?.[1];
  if (named !== undefined) return fetchAnswers(machine, named);
  const given = machine.read(credential);
  if (given !== undefined) return { kind: 'found', text: given, name: 'phyllome.answers' };
  if (machine.exists(`/dev/disk/by-label/${driveLabel}`)) {
    const read = readFromVolume(machine, `/dev/disk/by-label/${driveLabel}`, driveFile);
    if (read !== undefined) return { kind: 'found', text: read, name: `${driveLabel}/${driveFile}` };
  }
  const text = machine.read(onMedium);
  return text === undefined ? { kind: 'none' } : { kind: 'found', text, name: 'answers.ks' };
}

/** `file:/PATH`, `cdrom:/PATH` (this medium), `hd:DEVICE:/PATH` and `http://`, `https://` as Anaconda reads them. */
function fetchAnswers(machine: Machine, address: string): FoundAnswers {
  const [, kind = '', rest = ''] = /^([a-z]+):(.*)$/.exec(address) ?? [];
  const unreachable = (message: string, hint?: string): FoundAnswers => ({
    kind: 'unreachable',
    message: `inst.ks=${address}: ${message}`,
    ...(hint !== undefined && { hint }),
  });
  if (kind === 'http' || kind === 'https') {
    machine.run(['systemctl', 'start', 'network-online.target']);
    const fetched = fetchText(machine, address, 60);
    if (fetched.status === 0) return { kind: 'found', text: fetched.stdout, name: address };
    return unreachable(fetched.status === 127 ? 'this medium has no curl' : fetched.stderr.trim());
  }
  if (kind === 'file' || kind === 'cdrom') {
    const path = `/${rest.replace(/^\/+/, '')}`;
    const text = machine.read(kind === 'file' ? path : `${liveMedium}${path}`);
    return text === undefined ? unreachable('there is no such file') : { kind: 'found', text, name: address };
  }
  if (kind === 'hd') {
    const [, device = '', path = ''] = /^(.*?):\/*(.*)$/.exec(rest) ?? [];
    const text = readFromVolume(machine, devicePath(device), path);
    return text === undefined
      ? unreachable('the volume or the file is not there')
      : { kind: 'found', text, name: address };
  }
  return unreachable('not an address', 'file:/PATH, cdrom:/PATH, hd:LABEL=NAME:/PATH, http://… or https://…');
}

function devicePath(device: string): string {
  const [, by, value = ''] = /^(LABEL|UUID|PARTUUID|PARTLABEL)=(.*)$/.exec(device) ?? [];
  return by === undefined ? `/dev/${device.replace(/^\/dev\//, '')}` : `/dev/disk/by-${by.toLowerCase()}/${value}`;
}

/** Mounted for the moment only, so that its disk is not in use afterwards. */
function readFromVolume(machine: Machine, device: string, path: string): string | undefined {
  machine.run(['mkdir', '-p', mountPoint]);
  if (machine.run(['mount', '-o', 'ro', '--', device, mountPoint]).status !== 0) return undefined;
  const text = path.split('/').includes('..') ? undefined : machine.read(`${mountPoint}/${path}`);
  machine.run(['umount', mountPoint]);
  return text;
}
