import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { blocks, commandLines } from '../docs/readme-blocks.ts';
import { GuestHost } from './guest-program.ts';

/** What is refused before anything is asked of libvirt, and before a word is printed. */
function refusal(host: GuestHost, ...args: string[]): string {
  const { status, stdout, stderr, calls } = host.run(['new', 'one', ...args]);
  expect({ status, stdout, calls }).toEqual({ status: 2, stdout: '', calls: [] });
  return stderr;
}

describe('a medium', () => {
  test.each([
    ['gzip', '1f8b0800', 'gunzip --keep'],
    ['xz', 'fd377a585a0000', 'unxz --keep'],
    ['zstd', '28b52ffd04', 'unzstd'],
    ['bzip2', '425a6839', 'bunzip2 --keep'],
    ['7z', '377abcaf271c0004', '7z x'],
    ['lz4', '04224d1864', 'unlz4'],
  ] as const)('that %s packed is refused with the command that unpacks it', (program, bytes, command) => {
    for (const option of ['--iso', '--image', '--drivers']) {
      const host = new GuestHost();
      const file = path.join(host.place, `medium.${program}`);
      writeFileSync(file, Buffer.from(bytes, 'hex'));
      const rest = option === '--drivers' ? ['--iso', host.file('a.iso', 'medium')] : [];
      expect(refusal(host, '--os', 'linux', option, file, ...rest)).toContain(
        `it is packed. Unpack it, and give what comes of it:  ${command} '${file}'`,
      );
    }
  });

  test.each([
    ['--iso', '', 'the file is empty'],
    ['--iso', '<!DOCTYPE html>\n<html>', 'it is a web page; the download went wrong'],
    ['--image', '<html>\n', 'it is a web page'],
    ['--iso', 'QFI\u00fb', 'it is the image of a disk; see --image'],
    ['--iso', 'PK\u0003\u0004', "unzip '"],
    ['--image', `${'\0'.repeat(32769)}CD001`, 'it is the image of a CD; see --iso'],
  ])('%s with %j is refused', (option, content, words) => {
    const host = new GuestHost();
    const file = path.join(host.place, 'medium');
    writeFileSync(file, Buffer.from(content, 'latin1'));
    expect(refusal(host, '--os', 'linux', option, file)).toContain(words);
  });

  test('of none a guest would start from nothing, unless it is only defined', () => {
    expect(refusal(new GuestHost(), '--os', 'linux')).toContain('it would start from nothing: give --iso or --image');
    expect(new GuestHost().run(['new', 'one', '--os', 'linux', '--no-start']).status).toBe(0);
  });
});

describe('what cloud-init gets', () => {
  const given = (option: string, content: string) => {
    const host = new GuestHost();
    return {
      host,
      args: ['--os', 'linux', '--image', host.file('cloud.img', 'medium'), option, host.file('given', content)],
    };
  };

  test.each(['users: []\n', '\n#cloud-config\n', ' #cloud-config\n', '\uFEFF#cloud-config\n', '# cloud-config\n', ''])(
    'user-data that begins with %j is refused',
    (content) => {
      const { host, args } = given('--user-data', content);
      expect(refusal(host, ...args)).toContain('cloud-init reads none of it; its first line must be `#cloud-config`');
    },
  );

  test.each([
    '#cloud-config\n',
    '#cloud-config',
    '#!/bin/sh\n',
    '## template: jinja\n#cloud-config\n',
    '#include https://example/\n',
    'Content-Type: multipart/mixed; boundary=x\nMIME-Version: 1.0\n',
  ])('user-data that begins with %j is taken', (content) => {
    const { host, args } = given('--user-data', content);
    expect(host.run(['new', 'one', ...args]).status).toBe(0);
    expect(host.read('packed/user-data')).toBe(content);
  });

  test('a network-config goes beside user-data, and alone', () => {
    const config = 'version: 2\nethernets: {}\n';
    const { host, args } = given('--network-config', config);
    expect(host.run(['new', 'one', ...args]).status).toBe(0);
    expect(host.read('packed/network-config')).toBe(config);
    expect(host.read('packed/user-data')).toBe('#cloud-config\n');
    const wrong = given('--network-config', 'ethernets: {}\n');
    expect(refusal(wrong.host, ...wrong.args)).toContain('it says no `version: 1` or `version: 2`');
  });

  test('a file of keys without a key is refused before a disk is made', () => {
    for (const content of ['hello\n', '', '# only a comment\n', 'PuTTY-User-Key-File-3: ssh-ed25519\n']) {
      const { host, args } = given('--ssh-key', content);
      expect(refusal(host, ...args)).toMatch(/no public key is in it|it is a private key/);
    }
  });
});

test.each([
  ['windows11', 'did you mean windows-11?'],
  ['win11', 'did you mean windows-11?'],
  ['linus', 'did you mean linux?'],
  ['lniux', 'did you mean linux?'],
  ['freebds', 'did you mean freebsd?'],
  ['phyl', 'did you mean phyllome?'],
  ['debian-13', 'for every Linux there is one template: linux'],
  ['ubuntu24.04', 'for every Linux there is one template: linux'],
  ['plan9', 'there is no such template; phyllome-guest os lists them'],
])('--os %s: %s', (os, words) => {
  expect(refusal(new GuestHost(), '--os', os)).toContain(`--os ${os}: ${words}`);
});

describe('what is said twice', () => {
  test.each([
    '--memory 1G --memory 2G',
    '--os linux --os uefi',
    '--cpus 1 --cpus 1',
    '--tpm yes --tpm no',
    '--disk 1G --disk 0',
  ])('%s is refused', (options) => {
    expect(refusal(new GuestHost(), ...options.split(' '))).toMatch(/--[a-z]+: given twice, and there is one/);
  });

  test('of networks, a second one adds a card', () => {
    const xml = new GuestHost().domain('--os', 'linux', '--network', 'default', '--network', 'bridge=br1');
    expect(xml.match(/<source (?:network|bridge)='[^']*'\/>/g)).toEqual([
      "<source network='default'/>",
      "<source bridge='br1'/>",
    ]);
    expect(xml.match(/<interface type='(?:network|bridge)'>/g)).toHaveLength(2);
    expect(refusal(new GuestHost(), '--os', 'linux', '--network', 'a', '--network', 'a')).toContain('given twice');
    expect(refusal(new GuestHost(), '--os', 'linux', '--network', 'none', '--network', 'a')).toContain(
      'leaves nothing for',
    );
    expect(new GuestHost().domain('--os', 'linux', '--network', 'none')).not.toContain('<interface');
  });
});

test.each([
  ['512M', 512],
  ['512', 512],
  ['4G', 4096],
  ['1.5G', 1536],
  ['0.5G', 512],
  ['2.25GiB', 2304],
  ['1T', 1_048_576],
  ['0.125G', 128],
  ['1.05G', 1075],
])('a size of %s is %i MiB', (size, mebibytes) => {
  expect(new GuestHost().domain('--os', 'linux', '--memory', size)).toContain(
    `<memory unit='MiB'>${mebibytes}</memory>`,
  );
});

test.each(['0', '0.0G', '.5G', '1,5G', '-1G', '1e3', '99999999'])('a size of %s is refused', (size) => {
  expect(refusal(new GuestHost(), '--os', 'linux', '--memory', size)).toContain(`--memory ${size}`);
});

describe('networks that a guest could not start with', () => {
  const made = (virsh: string, ...args: string[]) => {
    const host = new GuestHost();
    host.program('virsh', `case "$*" in *dominfo*) exit 1 ;; ${virsh} esac`);
    host.file('root/sys/class/net/br0/bridge/stp_state', '0\n');
    return host.run(['new', 'one', '--os', 'linux', '--iso', host.file('a.iso', 'medium'), ...args]);
  };
  const off = '*net-info*) printf "Name:  lab\\nActive:  no\\nPersistent:  yes\\n" ;;';

  test.each([
    ['*net-info\\ lab*) exit 1 ;;', '--network lab', 'libvirt has no such network; virsh net-list --all lists them'],
    [off, '--network lab', 'it does not run; virsh net-start lab starts it'],
    ['', '--network bridge=br1', 'this host has no such bridge'],
  ])('%s %s is told before a disk is made', (virsh, option, words) => {
    const { status, stderr, calls } = made(virsh.replaceAll('\\\\', '\\'), ...option.split(' '));
    expect([status, stderr]).toEqual([1, expect.stringContaining(words)]);
    expect(calls.filter((call) => /vol-create|define/.test(call))).toEqual([]);
  });

  test('what is only defined may get them later; what is there is taken', () => {
    expect(made('*net-info*) exit 1 ;;', '--network', 'lab', '--no-start').status).toBe(0);
    expect(made('', '--network', 'default', '--network', 'bridge=br0').status).toBe(0);
  });

  test('a guest of a session has no choice, and is not given another one in silence', () => {
    for (const network of ['default', 'bridge=br0']) {
      expect(refusal(new GuestHost(), '--os', 'linux', '--session', '--network', network)).toContain('user-mode NAT');
    }
    expect(new GuestHost().domain('--os', 'linux', '--session', '--network', 'none')).not.toContain('<interface');
  });
});

describe('the hardware', () => {
  const processors = (host: GuestHost, count: number) => {
    for (let number = 0; number < count; number += 1)
      mkdirSync(path.join(host.root, `sys/devices/system/cpu/cpu${number}`), { recursive: true });
    return host;
  };

  test('processors are pinned one to one, and as many as are pinned', () => {
    const xml = processors(new GuestHost(), 8).domain('--os', 'linux', '--pin', '2-3,6');
    expect(xml).toContain('<vcpu>3</vcpu>');
    expect(xml.match(/<vcpupin [^>]*>/g)).toEqual([
      "<vcpupin vcpu='0' cpuset='2'/>",
      "<vcpupin vcpu='1' cpuset='3'/>",
      "<vcpupin vcpu='2' cpuset='6'/>",
    ]);
    for (const [pin, words] of [
      ['3-2', 'goes backwards'],
      ['2-9', 'this host has no processor 8'],
      ['1,1', 'processor 1 is in it twice'],
    ] as const) {
      expect(refusal(processors(new GuestHost(), 8), '--os', 'linux', '--pin', pin)).toContain(words);
    }
    expect(refusal(processors(new GuestHost(), 8), '--os', 'linux', '--pin', '0-1', '--cpus', '4')).toContain(
      '--pin has 2',
    );
  });

  test('huge pages are asked for where there are enough of them', () => {
    const host = (free: number) => {
      const made = new GuestHost();
      made.file('root/sys/kernel/mm/hugepages/hugepages-1048576kB/free_hugepages', `${free}\n`);
      return made;
    };
    const xml = host(4).domain('--os', 'linux', '--memory', '4G', '--hugepages', '1G');
    expect(xml).toMatch(
      /<memoryBacking>\s*<hugepages>\s*<page size='1' unit='GiB'\/>\s*<\/hugepages>\s*<\/memoryBacking>/,
    );
    const from = (made: GuestHost) => ['--os', 'linux', '--iso', made.file('a.iso', 'medium')];
    const few = host(1);
    expect(refusal(few, ...from(few), '--memory', '4G', '--hugepages', '1G')).toContain(
      'it takes 4 pages and 1 are free',
    );
    expect(refusal(few, ...from(few), '--memory', '1.5G', '--hugepages', '1G')).toContain('must be a multiple of 1G');
    expect(refusal(few, ...from(few), '--hugepages', '2M')).toContain('this host has no pages of that size');
  });

  test('a USB device is named by bus and port; where two are alike, by its number too', () => {
    const device = (host: GuestHost, name: string, number: number) => {
      for (const [file, value] of Object.entries({ idVendor: '046d', idProduct: 'c52b', busnum: 1, devnum: number })) {
        host.file(`root/sys/bus/usb/devices/${name}/${file}`, `${value}\n`);
      }
      return host;
    };
    const one = device(new GuestHost(), '1-2.3', 7);
    expect(one.domain('--os', 'linux', '--usb', '1-2.3')).toContain(
      "<vendor id='0x046d'/><product id='0xc52b'/></source>",
    );
    const two = device(one, '1-4', 9);
    expect(two.domain('--os', 'linux', '--usb', '1-4')).toContain(
      "<product id='0xc52b'/><address bus='1' device='9'/></source>",
    );
    const { status, stdout, stderr } = one.run(['new', 'g', '--os', 'linux', '--usb', '3-1', '--dry-run']);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('--usb 3-1: nothing is plugged in there');
  });

  test('of a make that is plugged in more than once, the places are told', () => {
    const host = new GuestHost();
    for (const place of ['1-2', '1-4', '2-1']) {
      const ids = {
        idVendor: '046d',
        idProduct: place === '2-1' ? 'c077' : 'c52b',
        busnum: place[0],
        devnum: place[2],
      };
      for (const [file, value] of Object.entries(ids))
        host.file(`root/sys/bus/usb/devices/${place}/${file}`, `${value}\n`);
    }
    const asked = (...args: string[]) => host.run(['new', 'g', '--os', 'linux', '--dry-run', ...args]);
    expect(asked('--usb', '046d:c52b')).toMatchObject({ status: 1, stdout: '' });
    expect(asked('--usb', '046D:C52B').stderr).toContain(
      'there are 2 of it; name one by its place, or several: 1-2, 1-4',
    );
    expect(asked('--usb', '1-2', '--usb', '1-4').status).toBe(0);
    expect(asked('--usb', '046d:c077').status).toBe(0);
    expect(asked('--usb', '1234:5678').status).toBe(0);
  });

  test.each([
    ['--gpu 01:00.0 --gpu 0000:01:00.0', '--gpu 0000:01:00.0'],
    ['--gpu 01:00.0 --pci 01:00.1', '--pci 0000:01:00.1'],
    ['--pci 02:00.0 --pci 0000:02:00.0', '--pci 0000:02:00.0'],
    ['--usb 046D:c077 --usb 046d:c077', '--usb 046d:c077'],
    ['--usb 046d:c077 --usb 1-3', '--usb 1-3'],
  ])('%s: no device twice, however it is spelled', (options, told) => {
    const host = new GuestHost();
    host.pciDevice('0000:01:00.0', '0x030000');
    host.pciDevice('0000:01:00.1', '0x040300');
    host.pciDevice('0000:02:00.0', '0x020000');
    host.file('root/sys/bus/usb/devices/1-3/idVendor', '046d\n');
    host.file('root/sys/bus/usb/devices/1-3/idProduct', 'c077\n');
    const { status, stdout, stderr } = host.run(['new', 'g', '--os', 'linux', ...options.split(' '), '--dry-run']);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toBe(`phyllome-guest: ${told}: the guest gets that device already\n`);
  });

  test('a bridge is nothing to hand over', () => {
    const host = new GuestHost();
    host.pciDevice('0000:00:1c.0', '0x060400');
    const { status, stderr } = host.run(['new', 'g', '--os', 'linux', '--pci', '00:1c.0', '--dry-run']);
    expect([status, stderr]).toEqual([1, expect.stringContaining('--pci 0000:00:1c.0: it is a bridge')]);
  });

  test('PCI addresses may be short, and in capitals', () => {
    const host = new GuestHost();
    host.pciDevice('0000:0a:00.0', '0x020000');
    for (const address of ['0a:00.0', '0A:00.0', '0000:0a:00.0']) {
      expect(host.domain('--os', 'linux', '--pci', address)).toContain("domain='0x0000' bus='0x0a' slot='0x00'");
    }
  });

  test('nothing is printed of a domain that ends in a refusal, nor a note before it', () => {
    const host = new GuestHost();
    const { status, stdout, stderr } = host.run(['new', 'g', '--os', 'windows-11', '--gpu', '09:00.0', '--dry-run']);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toBe('phyllome-guest: --gpu 0000:09:00.0: there is no such device\n');
  });
});

test('what its page shows is understood as written; what stands for a name is asked for', () => {
  const block = blocks().find(({ id }) => id === 'overlays/guests/README.md 1');
  if (block === undefined) throw new Error('its page has no example');
  const host = new GuestHost();
  host.pciDevice('0000:01:00.0', '0x030000');
  const lines = commandLines(block, host.place);
  for (const words of lines) {
    for (const word of words.filter((one) => /\.(?:iso|qcow2|ks|pub)$/.test(one))) {
      host.file(
        path.relative(host.place, path.resolve(host.place, word)),
        word.endsWith('.pub') ? 'ssh-ed25519 AAAA a\n' : 'medium',
      );
    }
  }
  const told = lines.map(([, ...args]) => {
    // The directory of the last one is a host's own.
    const own = args.map((word) => word.replace('/srv/data', host.place));
    return host.run(own.includes('--dry-run') ? own : [...own, '--dry-run']);
  });
  expect(told.map(({ status }) => status)).toEqual([0, 2, 0, 0, 0]);
  expect(told[1]?.stderr).toContain('put the real name in the place of …; ls /dev/input/by-id tells them');
});
