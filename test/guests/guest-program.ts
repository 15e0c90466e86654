import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { checkout } from '../render/shipped.ts';

const rootfs = path.join(checkout, 'overlays/guests/rootfs');

export interface Asked {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Each call of virsh, qemu-img and xorrisofs, in order. */
  readonly calls: readonly string[];
}

/** A directory of a host with phyllome-guest, where `virsh` and the others write down what they are asked. */
export class GuestHost {
  readonly place: string;
  readonly root: string;

  constructor({ kvm }: { readonly kvm: boolean } = { kvm: true }) {
    this.place = mkdtempSync(path.join(tmpdir(), 'phyllome-guest-'));
    onTestFinished(() => rmSync(this.place, { recursive: true }));
    this.root = path.join(this.place, 'root');
    mkdirSync(path.join(this.place, 'bin'));
    mkdirSync(this.root);
    if (kvm) this.file('root/dev/kvm', '');
    this.program('virsh', 'case "$*" in *dominfo*) exit 1 ;; *"pool-info"*) exit 1 ;; esac');
    this.program('qemu-img', 'for last; do :; done; echo image > "$last"');
    // Keeps what it packs, as the seed of a guest is gone when the program has ended.
    this.program(
      'xorrisofs',
      `for last; do :; done; cp -R "$last" "${this.place}/packed"; while [ "$1" != -output ]; do shift; done; echo iso > "$2"`,
    );
  }

  /** Writes a file below the place; answers its path. */
  file(name: string, content: string): string {
    const file = path.join(this.place, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  /** A program that notes its call and then does this. */
  program(name: string, script: string): void {
    const file = path.join(this.place, 'bin', name);
    const text = `#!/bin/sh\nprintf '%s\\n' "${name} $*" >> "${this.place}/calls"\n${script}\n`;
    writeFileSync(file, text, { mode: 0o755 });
  }

  pciDevice(address: string, deviceClass: string, group = true, vendor = '0x10de'): void {
    // Behind a bridge, as cards are: what is on the root bus is a part of the processor.
    const place = `root/sys/devices/pci0000:00/0000:00:01.0/${address}`;
    const known = path.join(this.place, 'root/sys/bus/pci/devices');
    mkdirSync(known, { recursive: true });
    symlinkSync(path.relative(known, path.join(this.place, place)), path.join(known, address));
    this.file(`${place}/class`, `${deviceClass}\n`);
    this.file(`${place}/vendor`, `${vendor}\n`);
    if (group) this.file(`${place}/iommu_group/devices/${address}`, '');
  }

  read(name: string): string {
    return readFileSync(path.join(this.place, name), 'utf8');
  }

  run(args: readonly string[], shell = '/bin/sh'): Asked {
    this.file('calls', '');
    const { status, stdout, stderr } = spawnSync(shell, [path.join(rootfs, 'usr/bin/phyllome-guest'), ...args], {
      encoding: 'utf8',
      cwd: this.place,
      env: {
        PATH: `${path.join(this.place, 'bin')}:/usr/bin:/bin`,
        HOME: '/home/ada',
        TMPDIR: this.place,
        PHYLLOME_GUEST_ROOT: this.root,
        PHYLLOME_LIBRARY: path.join(checkout, 'overlays/graphics-cards/rootfs/usr/lib/phyllome'),
        PHYLLOME_GUEST_LIBRARY: path.join(rootfs, 'usr/lib/phyllome/guest'),
        PHYLLOME_GUEST_TEMPLATES: path.join(rootfs, 'usr/share/phyllome/guests'),
      },
    });
    const calls = this.read('calls')
      .split('\n')
      .filter((line) => line !== '');
    return { status: status ?? -1, stdout, stderr, calls };
  }

  /** The XML of `new guest …`. */
  domain(...args: string[]): string {
    const { stdout, stderr, status } = this.run(['new', 'guest', ...args, '--dry-run']);
    if (status !== 0) throw new Error(stderr);
    return stdout;
  }
}

/** What libvirt 11 on QEMU 10 answers, the parts that are read. */
export const capabilities = `cat <<'END'
<domainCapabilities>
  <devices>
    <graphics supported='yes'>
      <enum name='type'>
        <value>vnc</value>
        <value>spice</value>
      </enum>
    </graphics>
    <video supported='yes'>
      <enum name='modelType'>
        <value>vga</value>
        <value>virtio</value>
      </enum>
    </video>
  </devices>
  <features>
    <hyperv supported='yes'>
      <enum name='features'>
        <value>relaxed</value>
        <value>vapic</value>
        <value>spinlocks</value>
        <value>vpindex</value>
        <value>runtime</value>
        <value>synic</value>
        <value>stimer</value>
        <value>frequencies</value>
        <value>tlbflush</value>
        <value>ipi</value>
        <value>evmcs</value>
        <value>avic</value>
        <value>emsr_bitmap</value>
        <value>xmm_input</value>
      </enum>
    </hyperv>
  </features>
</domainCapabilities>
END`;

/** What is refused before anything is asked of libvirt, and before a word is printed. */
export function refusal(host: GuestHost, ...args: string[]): string {
  const { status, stdout, stderr, calls } = host.run(['new', 'one', ...args]);
  expect({ status, stdout, calls }).toEqual({ status: 2, stdout: '', calls: [] });
  return stderr;
}
