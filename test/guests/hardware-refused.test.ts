import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { GuestHost, refusal } from './guest-program.ts';

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
