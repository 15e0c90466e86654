import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { blocks, commandLines } from '../docs/readme-blocks.ts';
import { GuestHost, refusal } from './guest-program.ts';

describe('a medium', () => {
  test.each([
    ['gzip', '1f8b0800', 'gunzip --keep'],
    ['xz', 'fd377a585a0000', 'unxz --keep'],
    ['zstd', '28b52ffd04', 'unzstd'],
    ['bzip2', '425a6839', 'bunzip2 --keep'],
    ['7z', '377abcaf271c0004', '7z x'],
    ['lz4', '04224d1864', 'unlz4'],
    ['compress', '1f9d90', 'gunzip --keep'],
    ['lzip', '4c5a495001', 'lzip --decompress --keep'],
    ['lzma', '5d00008000ffff', 'unlzma --keep'],
    ['tar', `${'61'.repeat(257)}7573746172`, 'tar --extract --file'],
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
    ['--iso', 'd8:announce36:', 'it only says where the download is'],
    ['--iso', '<?xml version="1.0"?>\n<metalink/>', 'it only says where the download is'],
    ['--image', 'hsqs\u0001', 'a file system that a medium holds, and nothing that starts'],
    ['--iso', 'MSWIM\0\0\0', 'a file system that a medium holds, and nothing that starts'],
    ['--iso', 'QFI\u00fb', 'it is the image of a disk; see --image'],
    ['--iso', 'PK\u0003\u0004', "unzip '"],
    ['--image', `${'\0'.repeat(32769)}CD001`, 'it is the image of a CD; see --iso'],
  ])('%s with %j is refused', (option, content, words) => {
    const host = new GuestHost();
    const file = path.join(host.place, 'medium');
    writeFileSync(file, Buffer.from(content, 'latin1'));
    expect(refusal(host, '--os', 'linux', option, file)).toContain(words);
  });

  test('whose name is odd is named so that it can be pasted, and says nothing to the terminal', () => {
    const host = new GuestHost();
    const file = host.file("it's $(date) \u001b]0;x\u0007\u009b.gz", '');
    writeFileSync(file, Buffer.from('1f8b0800', 'hex'));
    const told = refusal(host, '--os', 'linux', '--image', file);
    expect(told).toMatch(/gunzip --keep '[^\n]*it'\\''s \$\(date\) \?\]0;x\?\?\.gz'/);
    expect(told.trimEnd()).not.toMatch(/\p{Cc}/u);
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
  ['Windows 11', 'did you mean windows-11?'],
  ['w11', 'did you mean windows-11?'],
  ['windows-server-2022', 'did you mean windows-server?'],
  ['win2k19', 'did you mean windows-server?'],
  ['FreeBSD-14.1', 'did you mean freebsd?'],
  ['openbsd7', 'did you mean openbsd?'],
  ['Debian', 'for every Linux there is one template: linux'],
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

test.each([
  ['--memory', '4'],
  ['--memory', '1.25'],
  ['--disk', '40'],
])('%s %s is asked back: gibibytes, or mebibytes', (option, size) => {
  expect(refusal(new GuestHost(), '--os', 'linux', option, size)).toContain(
    `${option} ${size}: of what? ${size}G, or ${size}M`,
  );
  expect(new GuestHost().run(['new', 'one', '--os', 'linux', '--dry-run', option, `${size}M`]).status).toBe(0);
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
