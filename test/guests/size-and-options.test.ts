import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { capabilities, GuestHost, refusal } from './guest-program.ts';

interface Has {
  readonly processors?: number;
  /** MiB. */
  readonly memory?: number;
  readonly swap?: number;
  readonly overcommit?: number;
}

/** A host of this size. */
function hostWith({ processors = 0, memory, swap = 0, overcommit = 0 }: Has): GuestHost {
  const host = new GuestHost();
  for (let number = 0; number < processors; number += 1)
    mkdirSync(path.join(host.root, `sys/devices/system/cpu/cpu${number}`), { recursive: true });
  if (memory !== undefined) {
    const lines = [
      `MemTotal: ${memory * 1024} kB`,
      'MemFree: 1 kB',
      `SwapTotal: ${swap * 1024} kB`,
      'HugePages_Total: 9',
    ];
    host.file('root/proc/meminfo', `${lines.join('\n')}\n`);
  }
  host.file('root/proc/sys/vm/overcommit_memory', `${overcommit}\n`);
  return host;
}

/** Of a guest that would be started. */
const started = (host: GuestHost) => ['--os', 'linux', '--iso', host.file('a.iso', 'medium')];

describe('processors', () => {
  test('more than the host has: they take turns, which is told', () => {
    const { status, stdout, stderr } = hostWith({ processors: 8 }).run([
      'new',
      'one',
      '--os',
      'linux',
      '--cpus',
      '16',
      '--dry-run',
    ]);
    expect(status).toBe(0);
    expect(stdout).toContain('<vcpu>16</vcpu>');
    expect(stderr).toContain('--cpus 16: this host has 8, so');
    const fewer = hostWith({ processors: 8 }).run(['new', 'one', '--os', 'linux', '--cpus', '8', '--dry-run']);
    expect(fewer.stderr).not.toContain('--cpus');
  });

  test('more than a machine can have are refused, with what the host has', () => {
    expect(refusal(hostWith({ processors: 8 }), '--os', 'linux', '--cpus', '500', '--dry-run')).toContain(
      '--cpus 500: a guest has at most 255 processors; this host has 8',
    );
    expect(hostWith({ processors: 8 }).domain('--os', 'linux', '--cpus', '255')).toContain('<vcpu>255</vcpu>');
  });

  test('more than this QEMU gives are refused before anything is made', () => {
    const host = hostWith({ processors: 8 });
    host.program('virsh', capabilities.replace('<domainCapabilities>', "<domainCapabilities>\n  <vcpu max='64'/>"));
    const asked = (cpus: string) => host.run(['new', 'one', '--os', 'linux', '--cpus', cpus, '--dry-run']);
    expect(asked('64').status).toBe(0);
    expect(asked('65')).toMatchObject({ status: 2, stdout: '' });
    expect(asked('65').stderr).toContain('--cpus 65: QEMU gives a guest at most 64 here');
  });
});

describe('memory', () => {
  const asked = (host: GuestHost, memory: string, ...more: string[]) =>
    refusal(host, ...started(host), '--memory', memory, ...more);
  const dry = (host: GuestHost, ...args: string[]) => host.run(['new', 'one', ...started(host), ...args, '--dry-run']);

  test('what the kernel would refuse is refused with the host’s numbers', () => {
    const words = '--memory 943718400M: this host has 16000M, and 2000M of swap space';
    expect(asked(hostWith({ memory: 16_000, swap: 2000 }), '900T')).toContain(words);
    expect(asked(hostWith({ memory: 16_000, swap: 2000 }), '18001M')).toContain(
      '--memory 18001M: this host has 16000M',
    );
  });

  test('of what would be swapped, a warning; of what there is, none', () => {
    const told = (memory: string, has: Has) => {
      const host = hostWith(has);
      host.program('virsh', 'case "$*" in *dominfo*|*pool-info*) exit 1 ;; esac');
      const { status, stderr } = host.run(['new', 'one', ...started(host), '--memory', memory, '--network', 'none']);
      expect(stderr).not.toContain('kernel gives');
      expect(status).toBe(0);
      return stderr;
    };
    expect(told('17000M', { memory: 16_000, swap: 2000 })).toContain('17000M: this host has 16000M: it will be slow');
    expect(told('99999M', { memory: 16_000, overcommit: 1 })).toContain('it will be slow');
    expect(told('16000M', { memory: 16_000 })).not.toContain('--memory');
  });

  test('a guest with a device of the host must be in memory as a whole', () => {
    const host = hostWith({ memory: 16_000, swap: 8000 });
    host.pciDevice('0000:01:00.0', '0x010802');
    expect(asked(host, '17000M', '--pci', '01:00.0')).toContain('must be in memory as a whole');
  });

  test('what is only described, or defined, may be for another host', () => {
    const { status, stderr } = dry(hostWith({ memory: 1000 }), '--memory', '4G');
    expect(status).toBe(0);
    expect(stderr).toContain('--memory 4096M: this host has 1000M');
  });

  test('the kernel’s own setting can be read, which gives a number in one piece or not at all', () => {
    const host = hostWith({ memory: 1000 });
    const setting = path.join(host.root, 'proc/sys/vm/overcommit_memory');
    rmSync(setting);
    symlinkSync('/proc/sys/vm/overcommit_memory', setting);
    const { status, stderr } = dry(host, '--memory', '4G');
    expect(stderr).toContain('--memory 4096M: this host has 1000M');
    expect(status).toBe(0);
  });

  test('a template’s own size is judged in the same way', () => {
    const host = hostWith({ memory: 1000 });
    expect(refusal(host, ...started(host))).toMatch(/--memory \d+M: this host has 1000M/);
  });
});

describe('options', () => {
  test('a value may stand behind an equals sign', () => {
    const host = new GuestHost();
    mkdirSync(path.join(host.place, 'shared'));
    const xml = host.domain('--os=linux', '--memory=1.5G', '--network=bridge=br0', '--share=shared=here');
    for (const words of ["<memory unit='MiB'>1536</memory>", "bridge='br0'", "dir='here'"])
      expect(xml).toContain(words);
  });

  test.each([
    ['--memmory', 'there is no such option; did you mean --memory?'],
    ['--mem', 'there is no such option; did you mean --memory?'],
    ['--cpu', 'there is no such option; did you mean --cpus?'],
    ['--sesion', 'there is no such option; did you mean --session?'],
    ['--vcpus', 'there is no such option; did you mean --cpus?'],
    ['--ram=2048', 'there is no such option; did you mean --memory?'],
    ['--cdrom', 'there is no such option; did you mean --iso?'],
    ['memory=2G', 'what is that; did you mean --memory?'],
    ['--frobnicate', 'there is no such option; see'],
    ['frobnicate', 'what is that?; see'],
    ['--session=yes', '--session takes no value'],
  ])('%s: %s', (option, words) => {
    expect(refusal(new GuestHost(), '--os', 'linux', option)).toContain(words);
  });

  test('said twice in both ways, it is said twice', () => {
    expect(refusal(new GuestHost(), '--os', 'linux', '--memory=1G', '--memory', '2G')).toContain(
      '--memory: given twice',
    );
  });
});
